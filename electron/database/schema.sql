-- The schema at version 50. Made by snapshot.ts; change a migration, never this file.

CREATE TABLE assignment (
  id INTEGER PRIMARY KEY,
  enquiry_id INTEGER NOT NULL REFERENCES enquiry,
  -- the step that called it
  event_id INTEGER NOT NULL REFERENCES enquiry_event,
  department_id INTEGER NOT NULL REFERENCES department,
  part TEXT NOT NULL CHECK (part IN ('lead', 'assist')),
  state TEXT NOT NULL CHECK (state IN ('sent', 'arrived', 'answered', 'returned', 'recalled')),
  task TEXT NOT NULL DEFAULT '',
  sent_at TEXT NOT NULL,
  arrive_due_at TEXT NOT NULL,
  arrived_at TEXT,
  -- its answer, or why it gave the task back
  text TEXT NOT NULL DEFAULT '',
  ended_at TEXT
) STRICT;

CREATE UNIQUE INDEX assignment_at_work ON assignment (enquiry_id, department_id) WHERE state IN ('sent', 'arrived');

CREATE INDEX assignment_department ON assignment (department_id, id);

CREATE INDEX assignment_enquiry ON assignment (enquiry_id, id);

CREATE INDEX assignment_sent ON assignment (arrive_due_at, enquiry_id) WHERE state = 'sent';

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  operator_id INTEGER,
  device_id INTEGER,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT,
  changes TEXT,
  mac BLOB NOT NULL
) STRICT;

CREATE INDEX audit_subject ON audit (subject, id);

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;

CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;

CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  count INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;

CREATE TABLE consent (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  purpose TEXT NOT NULL,
  given_by TEXT NOT NULL,
  given_day TEXT NOT NULL,
  wording TEXT NOT NULL,
  withdrawn_day TEXT
) STRICT;

CREATE INDEX consent_person ON consent (person_id);

CREATE TABLE department (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('grid', 'property', 'street', 'functional', 'other')),
  name TEXT NOT NULL UNIQUE,
  -- whom to call there, and how
  contact TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  position INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  subject TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX document_subject ON document (subject, id);

CREATE TABLE "enquiry" (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  -- made by the screen: the same entry sent twice is one enquiry
  ticket TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  matter_id INTEGER REFERENCES matter,
  channel TEXT NOT NULL,
  asker_id INTEGER REFERENCES person,
  given_name TEXT NOT NULL DEFAULT '',
  given_phone TEXT NOT NULL DEFAULT '',
  anonymous INTEGER NOT NULL CHECK (anonymous IN (0, 1)),
  -- the asker would not show a card; served all the same
  id_refused INTEGER NOT NULL DEFAULT 0 CHECK (id_refused IN (0, 1)),
  subject_id INTEGER REFERENCES person,
  -- the door at the time of asking: people move, the leak stays; and the grid it lay in
  household_id INTEGER REFERENCES household,
  grid_id INTEGER REFERENCES grid,
  state TEXT NOT NULL CHECK (
    state IN ('accepted', 'dispatched', 'working', 'answered', 'closed', 'archived', 'withdrawn', 'referred')),
  -- somebody still waits for something; a plain column, for SQLite never reads a generated one from an index alone
  open INTEGER NOT NULL DEFAULT 1 CHECK (open = (state IN ('accepted', 'dispatched', 'working', 'answered'))),
  accepted_at TEXT NOT NULL,
  accepted_day TEXT NOT NULL,
  -- the limit of the answer: a UTC instant (the end of the local day when it counts days), and what it counts
  answer_due_at TEXT NOT NULL,
  limit_unit TEXT NOT NULL DEFAULT 'day' CHECK (limit_unit IN ('day', 'hour')),
  extended INTEGER NOT NULL DEFAULT 0,
  -- the next thing that is due, a UTC instant: arrival of a department, the answer, or the call-back
  due_at TEXT NOT NULL,
  -- since when the resident is waited for; the clock stands
  waiting_since TEXT,
  waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting = (waiting_since IS NOT NULL)),
  -- the department that leads (主办) while it is out, and afterwards the one that did
  lead_id INTEGER REFERENCES department,
  answer TEXT NOT NULL DEFAULT '',
  answer_kind TEXT CHECK (answer_kind IN ('solved', 'explained', 'refused')),
  answered_day TEXT,
  -- working days from asking to the answer without the pauses, and whether it came late: facts of that moment
  answer_days INTEGER,
  late INTEGER CHECK (late IN (0, 1)),
  -- working days the clock has stood
  paused_days INTEGER NOT NULL DEFAULT 0,
  -- 容缺受理: until when the promised papers come, and what follows if not
  promise_day TEXT,
  promise_consequence TEXT NOT NULL DEFAULT '',
  follow_up TEXT CHECK (follow_up IN ('content', 'discontent', 'unreachable', 'no-contact')),
  -- two bad answers open it again, once
  reopened_by_rating INTEGER NOT NULL DEFAULT 0 CHECK (reopened_by_rating IN (0, 1)),
  closed_day TEXT,
  group_id INTEGER REFERENCES enquiry_group,
  operator_id INTEGER NOT NULL REFERENCES operator,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX enquiry_accepted_day ON enquiry (accepted_day, id, state, matter_id, operator_id, lead_id, grid_id);

CREATE INDEX enquiry_answered_day ON enquiry (answered_day, id, state, matter_id, lead_id, operator_id, grid_id, answer_days, late, answer_kind)
  WHERE answered_day IS NOT NULL;

CREATE INDEX enquiry_asker ON enquiry (asker_id, id) WHERE asker_id IS NOT NULL;

CREATE INDEX enquiry_closed_day ON enquiry (closed_day, id, state, matter_id, operator_id, lead_id, grid_id, follow_up)
  WHERE closed_day IS NOT NULL;

CREATE INDEX enquiry_grid ON enquiry (grid_id, id, state, matter_id, operator_id, lead_id) WHERE grid_id IS NOT NULL;

CREATE INDEX enquiry_group_members ON enquiry (group_id, id) WHERE group_id IS NOT NULL;

CREATE INDEX enquiry_household ON enquiry (household_id, id) WHERE household_id IS NOT NULL;

CREATE INDEX enquiry_late ON enquiry (id, state, matter_id, operator_id, lead_id, grid_id, answer_kind, follow_up)
  WHERE late = 1;

CREATE INDEX enquiry_lead ON enquiry (lead_id, id, state, matter_id, operator_id, grid_id) WHERE lead_id IS NOT NULL;

CREATE INDEX enquiry_matter ON enquiry (matter_id, id, state, operator_id, lead_id, grid_id);

CREATE INDEX enquiry_not_content ON enquiry (follow_up, id, state, matter_id, operator_id, lead_id, grid_id)
  WHERE follow_up = 'discontent' OR follow_up = 'unreachable' OR follow_up = 'no-contact';

CREATE INDEX enquiry_not_solved ON enquiry (answer_kind, id, state, matter_id, operator_id, lead_id, grid_id, follow_up)
  WHERE answer_kind = 'explained' OR answer_kind = 'refused';

CREATE INDEX enquiry_open_asker ON enquiry (asker_id) WHERE open = 1;

CREATE INDEX enquiry_open_due ON enquiry (waiting, due_at, id, state, answer_due_at) WHERE open = 1;

CREATE INDEX enquiry_open_subject ON enquiry (subject_id) WHERE open = 1;

CREATE INDEX enquiry_operator ON enquiry (operator_id, id, state, matter_id, lead_id, grid_id);

CREATE INDEX enquiry_promise ON enquiry (promise_day, id) WHERE promise_day IS NOT NULL;

CREATE INDEX enquiry_state ON enquiry (state, id, matter_id, operator_id, lead_id, grid_id);

CREATE INDEX enquiry_subject ON enquiry (subject_id, id) WHERE subject_id IS NOT NULL;

CREATE TABLE enquiry_event (
  id INTEGER PRIMARY KEY,
  enquiry_id INTEGER NOT NULL REFERENCES enquiry,
  step TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  text TEXT NOT NULL DEFAULT ''
, assignment_id INTEGER REFERENCES assignment, detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail))) STRICT;

CREATE INDEX enquiry_event_enquiry ON enquiry_event (enquiry_id, id);

CREATE TABLE enquiry_file (
  event_id INTEGER NOT NULL REFERENCES enquiry_event,
  file_id INTEGER NOT NULL REFERENCES file,
  PRIMARY KEY (event_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX enquiry_file_file ON enquiry_file (file_id);

CREATE TABLE enquiry_group (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE enquiry_paper (
  id INTEGER PRIMARY KEY,
  enquiry_id INTEGER NOT NULL REFERENCES enquiry,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('brought', 'missing', 'promised')),
  UNIQUE (enquiry_id, name)
) STRICT;

CREATE TABLE file (
  id INTEGER PRIMARY KEY,
  -- hex SHA-256 of the bytes as they are stored: files/<first two>/<sha256>.<ending>
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'pdf')),
  -- what the clerk's computer called it; shown, never part of a path
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX file_sha256 ON file (sha256);

CREATE TABLE grid (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  area TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE grid_staff (
  id INTEGER PRIMARY KEY,
  grid_id INTEGER NOT NULL REFERENCES grid,
  name TEXT NOT NULL,
  duty TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX grid_staff_grid ON grid_staff (grid_id);

CREATE TABLE harm_report (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  enquiry_id INTEGER REFERENCES enquiry,
  -- the report that this one adds to
  follows INTEGER REFERENCES harm_report,
  child TEXT NOT NULL,
  seen TEXT NOT NULL,
  -- who was told: 公安机关 110, 未成年人保护专人 …
  told TEXT NOT NULL CHECK (json_valid(told)),
  told_at TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE TRIGGER harm_report_no_delete BEFORE DELETE ON harm_report
BEGIN SELECT RAISE(ABORT, 'reports of harm are append-only'); END;

CREATE TRIGGER harm_report_no_replace BEFORE INSERT ON harm_report
WHEN EXISTS (SELECT 1 FROM harm_report WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'reports of harm are append-only'); END;

CREATE TRIGGER harm_report_no_update BEFORE UPDATE ON harm_report
BEGIN SELECT RAISE(ABORT, 'reports of harm are append-only'); END;

CREATE TABLE household (
  id INTEGER PRIMARY KEY,
  grid_id INTEGER REFERENCES grid,
  estate TEXT NOT NULL DEFAULT '',
  building TEXT NOT NULL,
  unit TEXT NOT NULL DEFAULT '',
  number TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  UNIQUE (estate, building, unit, number)
) STRICT;

CREATE INDEX household_door ON household (building, unit, number);

CREATE INDEX household_grid ON household (grid_id);

CREATE INDEX household_number ON household (number, building, unit);

CREATE TABLE key_group (
  name TEXT PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE matter (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  -- working days until the answer is due
  limit_amount INTEGER NOT NULL CHECK (limit_amount > 0),
  papers TEXT NOT NULL CHECK (json_valid(papers)),
  source TEXT NOT NULL,
  position INTEGER NOT NULL
, limit_unit TEXT NOT NULL DEFAULT 'day' CHECK (limit_unit IN ('day', 'hour')), active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)), version INTEGER NOT NULL DEFAULT 1) STRICT;

CREATE TABLE operator (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('clerk', 'teacher', 'manager', 'auditor')),
  -- scrypt of the PIN; 16 bytes of salt, 32 of hash
  pin_salt BLOB NOT NULL,
  pin_hash BLOB NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  household_id INTEGER REFERENCES household,
  name TEXT NOT NULL,
  -- GB/T 2261.1
  sex INTEGER NOT NULL CHECK (sex IN (0, 1, 2, 9)),
  birth TEXT,
  -- GB 11643, upper case; '' = not known
  id_number TEXT NOT NULL DEFAULT '',
  relation TEXT NOT NULL,
  registered_elsewhere INTEGER NOT NULL DEFAULT 0 CHECK (registered_elsewhere IN (0, 1)),
  departure TEXT CHECK (departure IN ('moved', 'dead')),
  departure_day TEXT,
  note TEXT NOT NULL DEFAULT '',
  -- the person this record was merged into; its history shows there
  merged_into INTEGER REFERENCES person,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX person_household ON person (household_id);

CREATE INDEX person_id_number ON person (id_number) WHERE id_number <> '';

CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX person_name ON person (name, birth);

CREATE TABLE person_key_group (
  person_id INTEGER NOT NULL REFERENCES person,
  key_group TEXT NOT NULL REFERENCES key_group,
  PRIMARY KEY (person_id, key_group)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_key_group_group ON person_key_group (key_group, person_id);

CREATE TABLE person_merge (
  id INTEGER PRIMARY KEY,
  into_id INTEGER NOT NULL REFERENCES person,
  from_id INTEGER NOT NULL REFERENCES person,
  filled TEXT NOT NULL CHECK (json_valid(filled)),
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  undone_at TEXT
) STRICT;

CREATE INDEX person_merge_into ON person_merge (into_id) WHERE undone_at IS NULL;

CREATE TABLE person_phone (
  person_id INTEGER NOT NULL REFERENCES person,
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_phone_number ON person_phone (number);

CREATE VIRTUAL TABLE person_search USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

CREATE VIRTUAL TABLE person_search_gone USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

CREATE VIRTUAL TABLE person_search_open USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

CREATE TABLE print_job (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document,
  printer TEXT NOT NULL,
  copies INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 20),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'spooled', 'printed', 'failed')),
  check_paper INTEGER NOT NULL DEFAULT 0 CHECK (check_paper IN (0, 1)),
  problem TEXT NOT NULL DEFAULT '',
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX print_job_waiting ON print_job (id) WHERE state NOT IN ('printed', 'failed');

CREATE TABLE rating (
  enquiry_id INTEGER PRIMARY KEY REFERENCES enquiry,
  -- 5 非常满意 .. 1 非常不满意
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  words TEXT NOT NULL DEFAULT '',
  way TEXT NOT NULL CHECK (way IN ('screen', 'slip')),
  at TEXT NOT NULL,
  day TEXT NOT NULL
) STRICT;

CREATE INDEX rating_day ON rating (day, level, enquiry_id);

CREATE TABLE saved_filter (
  id INTEGER PRIMARY KEY,
  operator_id INTEGER NOT NULL REFERENCES operator,
  name TEXT NOT NULL,
  filter TEXT NOT NULL CHECK (json_valid(filter)),
  UNIQUE (operator_id, name)
) STRICT;

CREATE TABLE sequence (
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE sign_in_failure (
  scope TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  wait_seconds INTEGER NOT NULL
) STRICT;
