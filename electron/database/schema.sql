-- The schema at version 70. Made by snapshot.ts; change a migration, never this file.

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

CREATE TABLE attendance (
  id INTEGER PRIMARY KEY,
  child_id INTEGER NOT NULL REFERENCES child,
  group_id INTEGER NOT NULL REFERENCES class_group,
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('arrival', 'departure', 'absence')),
  -- when it happened, and when it was entered: they differ after a power cut
  at TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('tap', 'badge', 'search', 'paper')),
  -- of a departure: who took the child, or the school's escort, or nobody (alone)
  pickup_id INTEGER REFERENCES pickup_person,
  collected_by TEXT NOT NULL DEFAULT '',
  -- of an absence: why
  reason TEXT NOT NULL DEFAULT '',
  operator_id INTEGER NOT NULL REFERENCES operator,
  voided INTEGER NOT NULL DEFAULT 0 CHECK (voided IN (0, 1))
) STRICT;

CREATE INDEX attendance_child ON attendance (child_id, day);

CREATE INDEX attendance_group_day ON attendance (group_id, day, kind, child_id) WHERE voided = 0;

CREATE UNIQUE INDEX attendance_once ON attendance (day, child_id, kind) WHERE voided = 0;

CREATE TABLE attendance_void (
  attendance_id INTEGER PRIMARY KEY REFERENCES attendance,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

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

CREATE TABLE child (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL UNIQUE REFERENCES person,
  school TEXT NOT NULL DEFAULT '',
  grade TEXT NOT NULL DEFAULT '',
  class TEXT NOT NULL DEFAULT '',
  -- tells two of one name apart on a tile: 高个子, 戴眼镜
  mark TEXT NOT NULL DEFAULT '',
  photo_id INTEGER REFERENCES file,
  allergies TEXT NOT NULL DEFAULT '',
  health TEXT NOT NULL DEFAULT '',
  -- how the child leaves: collected, alone, or in the escorted group back to school
  leaves TEXT NOT NULL CHECK (leaves IN ('collected', 'alone', 'escort')),
  insurance TEXT NOT NULL DEFAULT '',
  agreement_day TEXT,
  -- what the QR code of the badge says; a lost badge gets a new one
  badge TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX child_photo ON child (photo_id) WHERE photo_id IS NOT NULL;

CREATE TABLE child_leave (
  id INTEGER PRIMARY KEY,
  child_id INTEGER NOT NULL REFERENCES child,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL CHECK (to_day >= from_day),
  reason TEXT NOT NULL,
  told_by TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  cancelled_at TEXT
) STRICT;

CREATE INDEX child_leave_child ON child_leave (child_id, to_day);

CREATE TABLE class_group (
  id INTEGER PRIMARY KEY,
  term_id INTEGER NOT NULL REFERENCES term,
  name TEXT NOT NULL,
  room TEXT NOT NULL DEFAULT '',
  programmes TEXT NOT NULL CHECK (json_valid(programmes)),
  capacity INTEGER NOT NULL CHECK (capacity > 0),
  -- children per member of staff; no rule found, 15 by itself (domain 1.5)
  ratio INTEGER NOT NULL DEFAULT 15 CHECK (ratio > 0),
  -- local times of day: by then everybody is in, by then everybody is collected
  arrive_by TEXT NOT NULL,
  leave_by TEXT NOT NULL CHECK (leave_by > arrive_by),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (term_id, name)
) STRICT;

CREATE TABLE class_group_teacher (
  group_id INTEGER NOT NULL REFERENCES class_group,
  operator_id INTEGER NOT NULL REFERENCES operator,
  PRIMARY KEY (group_id, operator_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX class_group_teacher_operator ON class_group_teacher (operator_id, group_id);

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

CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY,
  child_id INTEGER NOT NULL REFERENCES child,
  term_id INTEGER NOT NULL REFERENCES term,
  group_id INTEGER NOT NULL REFERENCES class_group,
  from_day TEXT NOT NULL,
  -- the first day on which the child is not expected any more
  left_day TEXT,
  left_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX enrolment_child ON enrolment (child_id, from_day);

CREATE INDEX enrolment_group ON enrolment (group_id, child_id);

CREATE UNIQUE INDEX enrolment_present ON enrolment (child_id, term_id) WHERE left_day IS NULL;

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
, source_sha256 TEXT, taken_at TEXT, restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))) STRICT;

CREATE INDEX file_sha256 ON file (sha256);

CREATE INDEX file_source ON file (source_sha256) WHERE source_sha256 IS NOT NULL;

CREATE TABLE grid (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  area TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE grid_post (
  id INTEGER PRIMARY KEY,
  visitor_id INTEGER NOT NULL REFERENCES visitor,
  kind TEXT NOT NULL CHECK (kind IN ('line', 'area', 'households')),
  -- null: of a line that is not bound to one grid
  grid_id INTEGER REFERENCES grid,
  duty TEXT NOT NULL DEFAULT '',
  -- null: since before posts were written down with their dates
  from_day TEXT,
  -- the last day; null while it runs
  to_day TEXT CHECK (to_day IS NULL OR from_day IS NULL OR to_day >= from_day),
  CHECK (kind = 'line' OR grid_id IS NOT NULL)
) STRICT;

CREATE INDEX grid_post_grid ON grid_post (grid_id, kind, visitor_id);

CREATE INDEX grid_post_visitor ON grid_post (visitor_id, id);

CREATE TABLE guardian (
  id INTEGER PRIMARY KEY,
  child_id INTEGER NOT NULL REFERENCES child,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  relation TEXT NOT NULL,
  phone TEXT NOT NULL,
  -- no longer a guardian on file; calls that cite them stay
  ended_day TEXT
) STRICT;

CREATE INDEX guardian_child ON guardian (child_id, position);

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
  created_at TEXT NOT NULL, merged_into INTEGER REFERENCES household,
  UNIQUE (estate, building, unit, number)
) STRICT;

CREATE INDEX household_door ON household (building, unit, number);

CREATE INDEX household_grid ON household (grid_id);

CREATE INDEX household_merged ON household (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX household_number ON household (number, building, unit);

CREATE TABLE household_away (
  id INTEGER PRIMARY KEY,
  household_id INTEGER NOT NULL REFERENCES household,
  kind TEXT NOT NULL CHECK (kind IN ('vacant', 'moved')),
  reason TEXT NOT NULL DEFAULT '',
  from_day TEXT NOT NULL,
  -- the first day on which it counts again
  until_day TEXT CHECK (until_day IS NULL OR until_day >= from_day),
  -- the visit that found it so, and the one that ended it: a voided one takes back what it did
  visit_id INTEGER REFERENCES visit,
  ended_by INTEGER REFERENCES visit,
  operator_id INTEGER NOT NULL REFERENCES operator,
  at TEXT NOT NULL
) STRICT;

CREATE INDEX household_away_ended_by ON household_away (ended_by) WHERE ended_by IS NOT NULL;

CREATE INDEX household_away_household ON household_away (household_id, from_day);

CREATE UNIQUE INDEX household_away_now ON household_away (household_id) WHERE until_day IS NULL;

CREATE INDEX household_away_visit ON household_away (visit_id) WHERE visit_id IS NOT NULL;

CREATE TABLE household_registration (
  household_id INTEGER PRIMARY KEY REFERENCES household,
  kind TEXT NOT NULL DEFAULT '',
  tenure TEXT NOT NULL DEFAULT '',
  -- the day on which somebody last went through the form at the door
  checked_day TEXT NOT NULL
) STRICT;

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  child_id INTEGER REFERENCES child,
  group_id INTEGER REFERENCES class_group,
  -- the incident that this one adds to
  follows INTEGER REFERENCES incident,
  kind TEXT NOT NULL CHECK (kind IN ('injury', 'illness', 'allergy', 'left-alone', 'quarrel', 'stranger', 'other')),
  happened_at TEXT NOT NULL,
  day TEXT NOT NULL,
  what TEXT NOT NULL,
  measures TEXT NOT NULL DEFAULT '',
  called TEXT NOT NULL CHECK (json_valid(called)),
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX incident_child ON incident (child_id, id) WHERE child_id IS NOT NULL;

CREATE INDEX incident_day ON incident (day, id);

CREATE INDEX incident_follows ON incident (follows, id) WHERE follows IS NOT NULL;

CREATE TRIGGER incident_no_delete BEFORE DELETE ON incident
BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;

CREATE TRIGGER incident_no_replace BEFORE INSERT ON incident
WHEN EXISTS (SELECT 1 FROM incident WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;

CREATE TRIGGER incident_no_update BEFORE UPDATE ON incident
BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;

CREATE TABLE incident_file (
  incident_id INTEGER NOT NULL REFERENCES incident,
  file_id INTEGER NOT NULL REFERENCES file,
  PRIMARY KEY (incident_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX incident_file_file ON incident_file (file_id);

CREATE TABLE incident_sign_off (
  incident_id INTEGER PRIMARY KEY REFERENCES incident,
  at TEXT NOT NULL,
  text TEXT NOT NULL DEFAULT '',
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

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

CREATE TABLE noon_call (
  id INTEGER PRIMARY KEY,
  child_id INTEGER NOT NULL REFERENCES child,
  day TEXT NOT NULL,
  -- null: the school
  guardian_id INTEGER REFERENCES guardian,
  result TEXT NOT NULL CHECK (result IN ('reached', 'no-answer', 'refused')),
  text TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX noon_call_day ON noon_call (day, child_id, id);

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

CREATE TABLE patrol (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES property_company,
  day TEXT NOT NULL,
  visitor_id INTEGER REFERENCES visitor,
  note TEXT NOT NULL DEFAULT '',
  operator_id INTEGER NOT NULL REFERENCES operator,
  entered_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (company_id, day)
) STRICT;

CREATE INDEX patrol_day ON patrol (day, company_id);

CREATE TABLE patrol_file (
  patrol_id INTEGER NOT NULL REFERENCES patrol,
  file_id INTEGER NOT NULL REFERENCES file,
  PRIMARY KEY (patrol_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX patrol_file_file ON patrol_file (file_id);

CREATE TABLE patrol_tick (
  id INTEGER PRIMARY KEY,
  patrol_id INTEGER NOT NULL REFERENCES patrol,
  position INTEGER NOT NULL,
  item TEXT NOT NULL,
  fine INTEGER NOT NULL CHECK (fine IN (0, 1)),
  finding TEXT NOT NULL DEFAULT '',
  enquiry_id INTEGER UNIQUE REFERENCES enquiry,
  UNIQUE (patrol_id, position)
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

CREATE TABLE person_registration (
  person_id INTEGER PRIMARY KEY REFERENCES person,
  ethnicity TEXT NOT NULL DEFAULT '',
  marriage TEXT NOT NULL DEFAULT '',
  education TEXT NOT NULL DEFAULT '',
  political TEXT NOT NULL DEFAULT '',
  workplace TEXT NOT NULL DEFAULT '',
  occupation TEXT NOT NULL DEFAULT '',
  moved_in TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE VIRTUAL TABLE person_search USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

CREATE VIRTUAL TABLE person_search_gone USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

CREATE VIRTUAL TABLE person_search_open USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

CREATE TABLE pickup_person (
  id INTEGER PRIMARY KEY,
  child_id INTEGER NOT NULL REFERENCES child,
  kind TEXT NOT NULL CHECK (kind IN ('authorised', 'forbidden')),
  name TEXT NOT NULL,
  relation TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  -- last four characters of the ID card that was shown
  id_tail TEXT NOT NULL DEFAULT '',
  photo_id INTEGER REFERENCES file,
  -- why forbidden: for the teacher's eyes
  reason TEXT NOT NULL DEFAULT '',
  from_day TEXT NOT NULL,
  to_day TEXT,
  -- a one-time authorisation: whom was called, and the second member of staff who confirmed
  called_guardian_id INTEGER REFERENCES guardian,
  confirmed_by INTEGER REFERENCES operator,
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX pickup_person_child ON pickup_person (child_id, id);

CREATE INDEX pickup_person_photo ON pickup_person (photo_id) WHERE photo_id IS NOT NULL;

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

CREATE TABLE property_company (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  contact TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  from_day TEXT NOT NULL,
  -- the last day on which it is walked; null while it is
  to_day TEXT CHECK (to_day IS NULL OR to_day >= from_day),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

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

CREATE TABLE staff_check (
  operator_id INTEGER PRIMARY KEY REFERENCES operator,
  checked_day TEXT NOT NULL
) STRICT;

CREATE TABLE term (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE term_day_off (
  term_id INTEGER NOT NULL REFERENCES term,
  day TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (term_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE tray_check (
  child_id INTEGER NOT NULL REFERENCES child,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  PRIMARY KEY (child_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  -- made by the screen: the same entry sent twice is one visit
  ticket TEXT NOT NULL UNIQUE,
  household_id INTEGER NOT NULL REFERENCES household,
  -- the grid at the time; doors may be put into another one later
  grid_id INTEGER REFERENCES grid,
  day TEXT NOT NULL,
  -- local time of day, when somebody noted it
  time TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('met', 'nobody', 'refused', 'vacant', 'moved')),
  -- others at the door than the registered: 租客, 保姆
  met_others TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  follow_up_day TEXT,
  round_id INTEGER REFERENCES visit_round,
  operator_id INTEGER NOT NULL REFERENCES operator,
  entered_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  voided INTEGER NOT NULL DEFAULT 0 CHECK (voided IN (0, 1))
) STRICT;

CREATE INDEX visit_day ON visit (day, outcome, household_id, grid_id) WHERE voided = 0;

CREATE INDEX visit_follow_up ON visit (follow_up_day, household_id) WHERE voided = 0 AND follow_up_day IS NOT NULL;

CREATE INDEX visit_household ON visit (household_id, day, id);

CREATE INDEX visit_met ON visit (household_id, day) WHERE voided = 0 AND outcome = 'met';

CREATE INDEX visit_round_id ON visit (round_id) WHERE round_id IS NOT NULL;

CREATE TABLE visit_interval (
  key_group TEXT PRIMARY KEY REFERENCES key_group,
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 366)
) STRICT;

CREATE TABLE visit_met_person (
  visit_id INTEGER NOT NULL REFERENCES visit,
  person_id INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (visit_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_met_person_person ON visit_met_person (person_id, visit_id);

CREATE TABLE visit_need (
  id INTEGER PRIMARY KEY,
  visit_id INTEGER NOT NULL REFERENCES visit,
  theme TEXT NOT NULL,
  text TEXT NOT NULL,
  enquiry_id INTEGER UNIQUE REFERENCES enquiry
) STRICT;

CREATE INDEX visit_need_visit ON visit_need (visit_id, id);

CREATE TABLE visit_photo (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL UNIQUE REFERENCES file,
  -- a photo once taken in is not taken in again
  source_sha256 TEXT NOT NULL UNIQUE,
  taken_at TEXT,
  visit_id INTEGER REFERENCES visit,
  mark TEXT NOT NULL DEFAULT '' CHECK (mark IN ('', 'id-card', 'child')),
  operator_id INTEGER NOT NULL REFERENCES operator,
  at TEXT NOT NULL
) STRICT;

CREATE INDEX visit_photo_visit ON visit_photo (visit_id, id) WHERE visit_id IS NOT NULL;

CREATE INDEX visit_photo_waiting ON visit_photo (id) WHERE visit_id IS NULL;

CREATE TABLE visit_round (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  ticket TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL,
  grid_id INTEGER REFERENCES grid,
  operator_id INTEGER NOT NULL REFERENCES operator,
  at TEXT NOT NULL
) STRICT;

CREATE INDEX visit_round_day ON visit_round (day, id);

CREATE TABLE visit_round_stop (
  round_id INTEGER NOT NULL REFERENCES visit_round,
  position INTEGER NOT NULL,
  household_id INTEGER NOT NULL REFERENCES household,
  -- why it was suggested, as words of the contract
  because TEXT NOT NULL CHECK (json_valid(because)),
  PRIMARY KEY (round_id, position)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX visit_round_stop_household ON visit_round_stop (household_id, round_id);

CREATE TABLE visit_round_visitor (
  round_id INTEGER NOT NULL REFERENCES visit_round,
  visitor_id INTEGER NOT NULL REFERENCES visitor,
  PRIMARY KEY (round_id, visitor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_round_visitor_visitor ON visit_round_visitor (visitor_id, round_id);

CREATE TABLE visit_theme (
  visit_id INTEGER NOT NULL REFERENCES visit,
  theme TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (visit_id, theme)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_visitor (
  visit_id INTEGER NOT NULL REFERENCES visit,
  visitor_id INTEGER NOT NULL REFERENCES visitor,
  PRIMARY KEY (visit_id, visitor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_visitor_visitor ON visit_visitor (visitor_id, visit_id);

CREATE TABLE visit_void (
  visit_id INTEGER PRIMARY KEY REFERENCES visit,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE TABLE visitor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('staff', 'social-worker', 'volunteer')),
  phone TEXT NOT NULL DEFAULT '',
  operator_id INTEGER UNIQUE REFERENCES operator,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
