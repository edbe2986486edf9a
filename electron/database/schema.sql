-- The schema at version 90. Made by snapshot.ts; change a migration, never this file.

CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  -- made by the screen: the same entry sent twice is one activity; null in a series
  ticket TEXT UNIQUE,
  name TEXT NOT NULL,
  -- a party duty is never a volunteer hour; training is recorded apart (Art 8)
  kind TEXT NOT NULL CHECK (kind IN ('service', 'training', 'party-duty')),
  -- 0: another organisation's; noted, never certified here (谁组织谁记录, 谁记录谁证明)
  own INTEGER NOT NULL DEFAULT 1 CHECK (own IN (0, 1)),
  day TEXT NOT NULL,
  -- local times of that day, 24:00 included
  starts TEXT NOT NULL,
  ends TEXT NOT NULL CHECK (ends > starts),
  place TEXT NOT NULL,
  content TEXT NOT NULL,
  organiser TEXT NOT NULL,
  in_charge TEXT NOT NULL,
  capacity INTEGER CHECK (capacity > 0),
  -- null: of no single colour
  colour TEXT CHECK (colour IN ('red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple')),
  team_id INTEGER REFERENCES team,
  series_id INTEGER REFERENCES activity_series,
  state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'held', 'cancelled')),
  cancel_reason TEXT NOT NULL DEFAULT '',
  -- by then its records are confirmed: 10 working days after the day (Art 11), fixed when the day is set
  confirm_by TEXT NOT NULL,
  -- 已录入全国系统
  national_day TEXT,
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX activity_colour_day ON activity (colour, day, id);

CREATE INDEX activity_day ON activity (day, id);

CREATE INDEX activity_planned ON activity (day) WHERE state = 'planned';

CREATE INDEX activity_series_day ON activity (series_id, day) WHERE series_id IS NOT NULL;

CREATE INDEX activity_team ON activity (team_id, day) WHERE team_id IS NOT NULL;

CREATE TRIGGER activity_cancel BEFORE UPDATE OF state ON activity
WHEN NEW.state = 'cancelled' AND EXISTS (
  SELECT 1 FROM service_record WHERE activity_id = OLD.id AND reversed = 0 AND reverses IS NULL)
BEGIN SELECT RAISE(ABORT, 'an activity with records is not cancelled'); END;

CREATE TRIGGER activity_keeps BEFORE UPDATE OF day, kind, own ON activity
WHEN (NEW.day <> OLD.day OR NEW.kind <> OLD.kind OR NEW.own <> OLD.own)
  AND EXISTS (SELECT 1 FROM service_record WHERE activity_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'an activity with records keeps its day and kind'); END;

CREATE TABLE activity_file (
  activity_id INTEGER NOT NULL REFERENCES activity,
  file_id INTEGER NOT NULL REFERENCES file,
  PRIMARY KEY (activity_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX activity_file_file ON activity_file (file_id);

CREATE TABLE activity_series (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  day_of_month INTEGER NOT NULL CHECK (day_of_month BETWEEN 1 AND 31),
  from_month TEXT NOT NULL,
  to_month TEXT NOT NULL CHECK (to_month >= from_month),
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE activity_sign_up (
  id INTEGER PRIMARY KEY,
  activity_id INTEGER NOT NULL REFERENCES activity,
  volunteer_id INTEGER NOT NULL REFERENCES volunteer,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  cancelled_at TEXT
) STRICT;

CREATE UNIQUE INDEX activity_sign_up_present ON activity_sign_up (activity_id, volunteer_id) WHERE cancelled_at IS NULL;

CREATE INDEX activity_sign_up_volunteer ON activity_sign_up (volunteer_id, activity_id);

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

CREATE TABLE certificate (
  id INTEGER PRIMARY KEY,
  -- `ZM-2026-000128` record, `RY-2026-000007` honour
  number TEXT NOT NULL UNIQUE,
  -- made by the screen or the batch: the same wish sent twice is one certificate
  ticket TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('record', 'star', 'pioneer', 'thanks', 'noon-helper')),
  person_id INTEGER NOT NULL REFERENCES person,
  volunteer_id INTEGER REFERENCES volunteer,
  from_day TEXT,
  to_day TEXT,
  minutes INTEGER,
  activities INTEGER,
  purpose TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  day TEXT NOT NULL,
  -- the sheet: snapshot (data), template and PDF
  document_id INTEGER NOT NULL UNIQUE REFERENCES document,
  snapshot_sha256 TEXT NOT NULL,
  pdf_sha256 TEXT NOT NULL,
  -- HMAC-SHA256 with the folder's audit key over number, snapshot and PDF: a snapshot edited in the file shows
  mac BLOB NOT NULL,
  key_id INTEGER NOT NULL REFERENCES signing_key,
  -- what the QR code says
  statement TEXT NOT NULL,
  request_id INTEGER UNIQUE REFERENCES certificate_request,
  replaces_id INTEGER UNIQUE REFERENCES certificate,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX certificate_day ON certificate (day, id);

CREATE INDEX certificate_person ON certificate (person_id, id);

CREATE INDEX certificate_volunteer ON certificate (volunteer_id, id) WHERE volunteer_id IS NOT NULL;

CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificates are never deleted'); END;

CREATE TRIGGER certificate_no_replace BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM certificate WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'certificates are never changed'); END;

CREATE TRIGGER certificate_no_update BEFORE UPDATE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificates are never changed'); END;

CREATE TABLE certificate_batch (
  id INTEGER PRIMARY KEY,
  ticket TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  -- what each of them is to get: `wanted` without the person
  wanted TEXT NOT NULL CHECK (json_valid(wanted)),
  state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'cancelled', 'done')),
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE TABLE certificate_batch_item (
  batch_id INTEGER NOT NULL REFERENCES certificate_batch,
  position INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  volunteer_id INTEGER REFERENCES volunteer,
  certificate_id INTEGER UNIQUE REFERENCES certificate,
  -- why there is none, as a word of the contract
  problem TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate_collection (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificate,
  collector TEXT NOT NULL,
  relation TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE TABLE certificate_image (
  file_id INTEGER PRIMARY KEY REFERENCES file
) STRICT;

CREATE TABLE certificate_reprint (
  id INTEGER PRIMARY KEY,
  certificate_id INTEGER NOT NULL REFERENCES certificate,
  -- 1 = the first reprint: 补打 第1次
  copy INTEGER NOT NULL,
  reason TEXT NOT NULL,
  document_id INTEGER NOT NULL UNIQUE REFERENCES document,
  pdf_sha256 TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  ticket TEXT NOT NULL UNIQUE,
  UNIQUE (certificate_id, copy)
) STRICT;

CREATE TABLE certificate_request (
  id INTEGER PRIMARY KEY,
  ticket TEXT NOT NULL UNIQUE,
  -- what is to be issued, as the contract's `wanted`
  wanted TEXT NOT NULL CHECK (json_valid(wanted)),
  requested_by INTEGER NOT NULL REFERENCES operator,
  requested_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused')),
  decided_by INTEGER REFERENCES operator CHECK (decided_by IS NULL OR decided_by <> requested_by),
  decided_at TEXT,
  reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX certificate_request_waiting ON certificate_request (id) WHERE state = 'waiting';

CREATE TABLE certificate_void (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificate,
  reason TEXT NOT NULL,
  -- the old sheet came back, or why not
  sheet TEXT NOT NULL CHECK (sheet IN ('returned', 'lost', 'not-returned')),
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
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
, template_id INTEGER REFERENCES document_template, file_id INTEGER REFERENCES file) STRICT;

CREATE INDEX document_kept ON document (file_id) WHERE file_id IS NOT NULL;

CREATE INDEX document_subject ON document (subject, id);

CREATE TABLE document_template (
  id INTEGER PRIMARY KEY,
  -- `certificate-record`: names the built-in one in resources/documents as well
  kind TEXT NOT NULL,
  html TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER REFERENCES operator,
  UNIQUE (kind, sha256)
) STRICT;

CREATE TRIGGER document_template_no_delete BEFORE DELETE ON document_template
BEGIN SELECT RAISE(ABORT, 'templates that were used are never changed'); END;

CREATE TRIGGER document_template_no_update BEFORE UPDATE ON document_template
BEGIN SELECT RAISE(ABORT, 'templates that were used are never changed'); END;

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

CREATE TABLE gift (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  points INTEGER NOT NULL CHECK (points > 0),
  description TEXT NOT NULL DEFAULT '',
  photo_id INTEGER REFERENCES file,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX gift_photo ON gift (photo_id) WHERE photo_id IS NOT NULL;

CREATE TABLE gift_move (
  id INTEGER PRIMARY KEY,
  gift_id INTEGER NOT NULL REFERENCES gift,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  cause TEXT NOT NULL CHECK (cause IN ('delivery', 'correction', 'redemption', 'redemption-reversal')),
  redemption_id INTEGER REFERENCES redemption,
  reason TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  CHECK ((redemption_id IS NOT NULL) = (cause IN ('redemption', 'redemption-reversal'))),
  CHECK (cause <> 'delivery' OR amount > 0),
  CHECK (cause <> 'redemption' OR amount < 0),
  CHECK (cause <> 'redemption-reversal' OR amount > 0)
) STRICT;

CREATE UNIQUE INDEX gift_move_once ON gift_move (redemption_id, cause) WHERE redemption_id IS NOT NULL;

CREATE INDEX gift_move_stock ON gift_move (gift_id, id, amount);

CREATE TRIGGER gift_move_no_delete BEFORE DELETE ON gift_move
BEGIN SELECT RAISE(ABORT, 'moves of stock are append-only'); END;

CREATE TRIGGER gift_move_no_replace BEFORE INSERT ON gift_move
WHEN EXISTS (SELECT 1 FROM gift_move WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM gift_move WHERE redemption_id = NEW.redemption_id AND cause = NEW.cause)
BEGIN SELECT RAISE(ABORT, 'moves of stock are append-only'); END;

CREATE TRIGGER gift_move_no_update BEFORE UPDATE ON gift_move
BEGIN SELECT RAISE(ABORT, 'moves of stock are append-only'); END;

CREATE TRIGGER gift_move_stock_stands BEFORE INSERT ON gift_move
WHEN NEW.amount < 0
  AND (SELECT coalesce(sum(amount), 0) FROM gift_move WHERE gift_id = NEW.gift_id) + NEW.amount < 0
BEGIN SELECT RAISE(ABORT, 'stock is never negative'); END;

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

CREATE TABLE own_template (
  kind TEXT PRIMARY KEY,
  template_id INTEGER NOT NULL REFERENCES document_template
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

CREATE TABLE pioneer_correction (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES pioneer_year,
  volunteer_id INTEGER NOT NULL REFERENCES volunteer,
  kind TEXT NOT NULL CHECK (kind IN ('recompute', 'exclude', 'restore', 'no-change')),
  reason TEXT NOT NULL,
  before TEXT NOT NULL CHECK (json_valid(before)),
  after TEXT NOT NULL CHECK (json_valid(after)),
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX pioneer_correction_year ON pioneer_correction (year, id);

CREATE TRIGGER pioneer_correction_frozen_insert BEFORE INSERT ON pioneer_correction
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = NEW.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_correction_no_delete BEFORE DELETE ON pioneer_correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;

CREATE TRIGGER pioneer_correction_no_replace BEFORE INSERT ON pioneer_correction
WHEN EXISTS (SELECT 1 FROM pioneer_correction WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;

CREATE TRIGGER pioneer_correction_no_update BEFORE UPDATE ON pioneer_correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;

CREATE TABLE pioneer_rank (
  year INTEGER NOT NULL REFERENCES pioneer_year,
  volunteer_id INTEGER NOT NULL REFERENCES volunteer,
  -- equal minutes, activities and ratings share one, and the next ones are left out (1, 2, 2, 4); null: excluded
  rank INTEGER,
  minutes INTEGER NOT NULL,
  activities INTEGER NOT NULL,
  rating_sum INTEGER NOT NULL,
  ratings INTEGER NOT NULL,
  PRIMARY KEY (year, volunteer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pioneer_rank_order ON pioneer_rank (year, rank, volunteer_id);

CREATE INDEX pioneer_rank_volunteer ON pioneer_rank (volunteer_id, year);

CREATE TRIGGER pioneer_rank_frozen_delete BEFORE DELETE ON pioneer_rank
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = OLD.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_rank_frozen_insert BEFORE INSERT ON pioneer_rank
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = NEW.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_rank_frozen_update BEFORE UPDATE ON pioneer_rank
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = OLD.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TABLE pioneer_year (
  year INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('locked', 'published', 'frozen')),
  -- records of the year up to this day
  until_day TEXT NOT NULL CHECK (CAST(substr(until_day, 1, 4) AS INTEGER) = year),
  -- what stood unconfirmed then, and so does not count
  unconfirmed INTEGER NOT NULL,
  -- how many places are published; those who share the last one all are
  places INTEGER,
  published_day TEXT,
  objections_until TEXT,
  locked_at TEXT NOT NULL,
  locked_by INTEGER NOT NULL REFERENCES operator,
  frozen_at TEXT,
  frozen_by INTEGER REFERENCES operator,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((published_day IS NULL) = (state = 'locked')),
  CHECK ((frozen_at IS NULL) = (state <> 'frozen'))
) STRICT;

CREATE TRIGGER pioneer_year_frozen_delete BEFORE DELETE ON pioneer_year
WHEN OLD.state = 'frozen'
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_year_frozen_update BEFORE UPDATE ON pioneer_year
WHEN OLD.state = 'frozen'
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_year_no_replace BEFORE INSERT ON pioneer_year
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'a year is locked once'); END;

CREATE TABLE point_entry (
  id INTEGER PRIMARY KEY,
  volunteer_id INTEGER NOT NULL REFERENCES volunteer,
  points INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (
    cause IN ('service', 'service-reversal', 'redemption', 'redemption-reversal', 'expiry')),
  -- the record that gave points; of a reversal, the reversing row
  record_id INTEGER REFERENCES service_record,
  redemption_id INTEGER REFERENCES redemption,
  -- in which the points were earned (service, its reversal, expiry), else the local year of the entry
  year INTEGER NOT NULL,
  -- What a reversed record gave and the balance no longer had: points - written_off is the whole. A redemption taken back
  -- settles it (negative) before it gives points again, so that nobody gains by a reversed record.
  written_off INTEGER NOT NULL DEFAULT 0,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  CHECK ((record_id IS NOT NULL) = (cause IN ('service', 'service-reversal'))),
  CHECK ((redemption_id IS NOT NULL) = (cause IN ('redemption', 'redemption-reversal'))),
  CHECK (iif(cause IN ('service', 'redemption-reversal'), points >= 0, points <= 0)),
  CHECK (points - written_off <> 0),
  CHECK (
    written_off = 0 OR (cause = 'service-reversal' AND written_off > 0)
    OR (cause = 'redemption-reversal' AND written_off < 0))
) STRICT;

CREATE INDEX point_entry_balance ON point_entry (volunteer_id, id, points, written_off);

CREATE UNIQUE INDEX point_entry_expiry ON point_entry (year, volunteer_id) WHERE cause = 'expiry';

CREATE UNIQUE INDEX point_entry_record ON point_entry (record_id) WHERE record_id IS NOT NULL;

CREATE UNIQUE INDEX point_entry_redemption ON point_entry (redemption_id, cause) WHERE redemption_id IS NOT NULL;

CREATE TRIGGER point_entry_no_delete BEFORE DELETE ON point_entry
BEGIN SELECT RAISE(ABORT, 'points are append-only'); END;

CREATE TRIGGER point_entry_no_replace BEFORE INSERT ON point_entry
WHEN EXISTS (SELECT 1 FROM point_entry WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM point_entry WHERE record_id = NEW.record_id)
  OR EXISTS (SELECT 1 FROM point_entry WHERE redemption_id = NEW.redemption_id AND cause = NEW.cause)
  OR (NEW.cause = 'expiry' AND EXISTS (
    SELECT 1 FROM point_entry WHERE year = NEW.year AND volunteer_id = NEW.volunteer_id AND cause = 'expiry'))
BEGIN SELECT RAISE(ABORT, 'points are append-only'); END;

CREATE TRIGGER point_entry_no_update BEFORE UPDATE ON point_entry
BEGIN SELECT RAISE(ABORT, 'points are append-only'); END;

CREATE TRIGGER point_entry_not_negative BEFORE INSERT ON point_entry
WHEN NEW.points < 0
  AND (SELECT coalesce(sum(points), 0) FROM point_entry WHERE volunteer_id = NEW.volunteer_id) + NEW.points < 0
BEGIN SELECT RAISE(ABORT, 'points are never negative'); END;

CREATE TRIGGER point_entry_settles BEFORE INSERT ON point_entry
WHEN NEW.written_off < 0
  AND (SELECT coalesce(sum(written_off), 0) FROM point_entry WHERE volunteer_id = NEW.volunteer_id) + NEW.written_off < 0
BEGIN SELECT RAISE(ABORT, 'no more is settled than was written off'); END;

CREATE TABLE point_rule (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('service', 'training')),
  per_hour INTEGER NOT NULL CHECK (per_hour BETWEEN 0 AND 1000),
  per_attendance INTEGER NOT NULL CHECK (per_attendance BETWEEN 0 AND 1000),
  from_day TEXT NOT NULL,
  -- the last day
  to_day TEXT CHECK (to_day >= from_day),
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX point_rule_kind ON point_rule (kind, from_day);

CREATE TRIGGER point_rule_apart BEFORE INSERT ON point_rule
WHEN EXISTS (
  SELECT 1 FROM point_rule
  WHERE kind = NEW.kind AND from_day <= coalesce(NEW.to_day, '9999-12-31')
    AND coalesce(to_day, '9999-12-31') >= NEW.from_day)
BEGIN SELECT RAISE(ABORT, 'two rules of a kind overlap'); END;

CREATE TRIGGER point_rule_ends BEFORE UPDATE OF to_day ON point_rule
WHEN NEW.to_day IS NULL OR NEW.to_day > coalesce(OLD.to_day, '9999-12-31')
BEGIN SELECT RAISE(ABORT, 'a rule only ends'); END;

CREATE TRIGGER point_rule_no_update BEFORE UPDATE OF id, kind, per_hour, per_attendance, from_day ON point_rule
BEGIN SELECT RAISE(ABORT, 'a rule only ends'); END;

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
, spool_id TEXT NOT NULL DEFAULT '', again_of INTEGER REFERENCES print_job) STRICT;

CREATE UNIQUE INDEX print_job_again ON print_job (again_of) WHERE again_of IS NOT NULL;

CREATE INDEX print_job_waiting ON print_job (id) WHERE state NOT IN ('printed', 'failed');

CREATE TABLE printer_default (
  kind TEXT PRIMARY KEY,
  printer TEXT NOT NULL
) STRICT;

CREATE TABLE printer_setting (
  printer TEXT PRIMARY KEY,
  right_tenths INTEGER NOT NULL DEFAULT 0 CHECK (right_tenths BETWEEN -300 AND 300),
  down_tenths INTEGER NOT NULL DEFAULT 0 CHECK (down_tenths BETWEEN -300 AND 300),
  across_right_tenths INTEGER NOT NULL DEFAULT 0 CHECK (across_right_tenths BETWEEN -300 AND 300),
  across_down_tenths INTEGER NOT NULL DEFAULT 0 CHECK (across_down_tenths BETWEEN -300 AND 300),
  -- what always lies in its tray; empty: each sheet's own size
  paper TEXT NOT NULL DEFAULT '' CHECK (paper IN ('', 'A4', 'A5'))
) STRICT;

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

CREATE TABLE redemption (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  -- made by the screen: the same hand-over sent twice is one
  ticket TEXT NOT NULL UNIQUE,
  volunteer_id INTEGER NOT NULL REFERENCES volunteer,
  gift_id INTEGER NOT NULL REFERENCES gift,
  amount INTEGER NOT NULL CHECK (amount > 0),
  -- of all of them, at the price of that day
  points INTEGER NOT NULL CHECK (points > 0),
  -- who signs for it, when it is not the volunteer
  collector TEXT NOT NULL DEFAULT '',
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX redemption_gift ON redemption (gift_id, id);

CREATE INDEX redemption_volunteer ON redemption (volunteer_id, id);

CREATE TRIGGER redemption_no_delete BEFORE DELETE ON redemption
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_no_replace BEFORE INSERT ON redemption
WHEN EXISTS (SELECT 1 FROM redemption WHERE id = NEW.id OR number = NEW.number OR ticket = NEW.ticket)
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_no_update BEFORE UPDATE ON redemption
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TABLE redemption_reversal (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  reason TEXT NOT NULL,
  -- the gift came back into stock
  returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE TRIGGER redemption_reversal_no_delete BEFORE DELETE ON redemption_reversal
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_reversal_no_replace BEFORE INSERT ON redemption_reversal
WHEN EXISTS (SELECT 1 FROM redemption_reversal WHERE redemption_id = NEW.redemption_id)
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_reversal_no_update BEFORE UPDATE ON redemption_reversal
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TABLE roll_call (
  id INTEGER PRIMARY KEY,
  activity_id INTEGER NOT NULL REFERENCES activity,
  ticket TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX roll_call_activity ON roll_call (activity_id, id);

CREATE TRIGGER roll_call_no_delete BEFORE DELETE ON roll_call
BEGIN SELECT RAISE(ABORT, 'roll-calls are append-only'); END;

CREATE TRIGGER roll_call_no_replace BEFORE INSERT ON roll_call
WHEN EXISTS (SELECT 1 FROM roll_call WHERE id = NEW.id OR ticket = NEW.ticket)
BEGIN SELECT RAISE(ABORT, 'roll-calls are append-only'); END;

CREATE TRIGGER roll_call_no_update BEFORE UPDATE ON roll_call
BEGIN SELECT RAISE(ABORT, 'roll-calls are append-only'); END;

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

CREATE TABLE service_record (
  id INTEGER PRIMARY KEY,
  activity_id INTEGER NOT NULL REFERENCES activity,
  volunteer_id INTEGER NOT NULL REFERENCES volunteer,
  -- of a reversing row: null
  roll_call_id INTEGER REFERENCES roll_call,
  reverses INTEGER UNIQUE REFERENCES service_record,
  -- of the activity, which keeps them from the first record on
  day TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year = CAST(substr(day, 1, 4) AS INTEGER)),
  kind TEXT NOT NULL CHECK (kind IN ('service', 'training', 'party-duty')),
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  -- local times; null where another organisation only tells how long it was
  arrived TEXT,
  left TEXT CHECK (left > arrived),
  break_minutes INTEGER NOT NULL DEFAULT 0 CHECK (break_minutes BETWEEN 0 AND 1439),
  -- left - arrived - break, never rounded
  minutes INTEGER NOT NULL CHECK (abs(minutes) BETWEEN 1 AND 1440),
  how TEXT NOT NULL CHECK (how IN ('full', 'late', 'left-early', 'late-and-left-early')),
  -- flags of the moment of saving: another activity at the same time; more than 8 h that day; beyond the activity's times
  overlap INTEGER NOT NULL DEFAULT 0 CHECK (overlap IN (0, 1)),
  long_day INTEGER NOT NULL DEFAULT 0 CHECK (long_day IN (0, 1)),
  beyond INTEGER NOT NULL DEFAULT 0 CHECK (beyond IN (0, 1)),
  -- why not full, why flagged, why reversed
  reason TEXT NOT NULL DEFAULT '',
  -- evaluation (令67号 Art 10)
  rating INTEGER CHECK (rating BETWEEN 1 AND 5),
  entered_by INTEGER NOT NULL REFERENCES operator,
  entered_at TEXT NOT NULL,
  confirmed_by INTEGER REFERENCES operator CHECK (confirmed_by <> entered_by),
  confirmed_at TEXT,
  reversed INTEGER NOT NULL DEFAULT 0 CHECK (reversed IN (0, 1)),
  -- stands for stars, ranking and certificates; a plain column, for a partial index on one condition
  counted INTEGER NOT NULL DEFAULT 0,
  CHECK ((reverses IS NULL) = (minutes > 0)),
  CHECK ((reverses IS NULL) = (roll_call_id IS NOT NULL)),
  CHECK ((arrived IS NULL) = (left IS NULL)),
  CHECK (arrived IS NOT NULL OR own = 0),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK (reason <> '' OR (how = 'full' AND overlap + long_day + beyond = 0 AND reverses IS NULL)),
  CHECK (counted = (
    own = 1 AND kind = 'service' AND confirmed_at IS NOT NULL AND reversed = 0 AND reverses IS NULL))
) STRICT;

CREATE INDEX service_record_activity ON service_record (activity_id, id);

CREATE INDEX service_record_confirmed ON service_record (confirmed_at, volunteer_id, minutes) WHERE counted = 1;

CREATE INDEX service_record_day ON service_record (day, activity_id, volunteer_id, minutes) WHERE counted = 1;

CREATE INDEX service_record_hours ON service_record (volunteer_id, day, minutes) WHERE counted = 1;

CREATE INDEX service_record_ranking ON service_record (year, volunteer_id, minutes, rating, day) WHERE counted = 1;

CREATE INDEX service_record_roll_call ON service_record (roll_call_id) WHERE roll_call_id IS NOT NULL;

CREATE UNIQUE INDEX service_record_standing ON service_record (activity_id, volunteer_id)
WHERE reversed = 0 AND reverses IS NULL;

CREATE INDEX service_record_volunteer ON service_record (volunteer_id, day, id);

CREATE INDEX service_record_waiting ON service_record (activity_id, entered_by)
WHERE confirmed_at IS NULL AND reversed = 0 AND reverses IS NULL;

CREATE TRIGGER service_record_confirm_once BEFORE UPDATE OF confirmed_by, confirmed_at ON service_record
WHEN OLD.confirmed_at IS NOT NULL OR OLD.reversed = 1 OR OLD.reverses IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a service record is confirmed once'); END;

CREATE TRIGGER service_record_mirrors BEFORE INSERT ON service_record
WHEN NEW.reverses IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM service_record
  WHERE id = NEW.reverses AND reverses IS NULL AND activity_id = NEW.activity_id AND volunteer_id = NEW.volunteer_id
    AND minutes = -NEW.minutes)
BEGIN SELECT RAISE(ABORT, 'a reversing row mirrors its first'); END;

CREATE TRIGGER service_record_no_delete BEFORE DELETE ON service_record
BEGIN SELECT RAISE(ABORT, 'service records are append-only'); END;

CREATE TRIGGER service_record_no_replace BEFORE INSERT ON service_record
WHEN EXISTS (SELECT 1 FROM service_record WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM service_record WHERE reverses = NEW.reverses)
  OR (NEW.reverses IS NULL AND EXISTS (
    SELECT 1 FROM service_record
    WHERE activity_id = NEW.activity_id AND volunteer_id = NEW.volunteer_id AND reversed = 0 AND reverses IS NULL))
BEGIN SELECT RAISE(ABORT, 'service records are append-only'); END;

CREATE TRIGGER service_record_no_update BEFORE UPDATE OF
  id, activity_id, volunteer_id, roll_call_id, reverses, day, year, kind, own, arrived, left, break_minutes, minutes, how,
  overlap, long_day, beyond, reason, rating, entered_by, entered_at
ON service_record
BEGIN SELECT RAISE(ABORT, 'service records are append-only'); END;

CREATE TRIGGER service_record_of_activity BEFORE INSERT ON service_record
WHEN NOT EXISTS (
  SELECT 1 FROM activity
  WHERE id = NEW.activity_id AND day = NEW.day AND kind = NEW.kind AND own = NEW.own AND state <> 'cancelled')
BEGIN SELECT RAISE(ABORT, 'a service record is of its activity'); END;

CREATE TRIGGER service_record_reverse_once BEFORE UPDATE OF reversed ON service_record
WHEN NEW.reversed = 0
  OR NOT EXISTS (SELECT 1 FROM service_record WHERE reverses = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a service record is reversed by a second row'); END;

CREATE TRIGGER service_record_reversed AFTER INSERT ON service_record
WHEN NEW.reverses IS NOT NULL
BEGIN UPDATE service_record SET reversed = 1, counted = 0 WHERE id = NEW.reverses; END;

CREATE TRIGGER service_record_unconfirmed BEFORE INSERT ON service_record
WHEN NEW.confirmed_at IS NOT NULL OR NEW.reversed = 1
BEGIN SELECT RAISE(ABORT, 'a service record begins unconfirmed'); END;

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

CREATE TABLE signing_key (
  id INTEGER PRIMARY KEY,
  -- 32 bytes each, raw (RFC 8032); the private half goes when the key is retired
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  private_key BLOB CHECK (private_key IS NULL OR length(private_key) = 32),
  made_at TEXT NOT NULL,
  retired_at TEXT
) STRICT;

CREATE UNIQUE INDEX signing_key_now ON signing_key (retired_at IS NULL) WHERE retired_at IS NULL;

CREATE TABLE staff_check (
  operator_id INTEGER PRIMARY KEY REFERENCES operator,
  checked_day TEXT NOT NULL
) STRICT;

CREATE TABLE team (
  id INTEGER PRIMARY KEY,
  colour TEXT NOT NULL CHECK (colour IN ('red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple')),
  name TEXT NOT NULL UNIQUE,
  leader_id INTEGER REFERENCES volunteer,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX team_leader ON team (leader_id) WHERE leader_id IS NOT NULL;

CREATE TABLE team_member (
  id INTEGER PRIMARY KEY,
  team_id INTEGER NOT NULL REFERENCES team,
  volunteer_id INTEGER NOT NULL REFERENCES volunteer,
  from_day TEXT NOT NULL,
  -- the last day in the team
  to_day TEXT CHECK (to_day >= from_day)
) STRICT;

CREATE UNIQUE INDEX team_member_present ON team_member (team_id, volunteer_id) WHERE to_day IS NULL;

CREATE INDEX team_member_volunteer ON team_member (volunteer_id, from_day);

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

CREATE INDEX visit_follow_up ON visit (household_id, day, follow_up_day) WHERE voided = 0 AND follow_up_day IS NOT NULL;

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

CREATE TABLE volunteer (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL UNIQUE REFERENCES person,
  number TEXT NOT NULL UNIQUE,
  joined_day TEXT NOT NULL,
  -- the last day on which service may be recorded
  left_day TEXT CHECK (left_day >= joined_day),
  left_reason TEXT NOT NULL DEFAULT '',
  -- in the national system (中国志愿服务网, 令67号 Art 4): the number there, and the day of it
  national_number TEXT NOT NULL DEFAULT '',
  national_day TEXT,
  skills TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(skills)),
  service_kinds TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(service_kinds)),
  party_member INTEGER NOT NULL DEFAULT 0 CHECK (party_member IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX volunteer_joined ON volunteer (joined_day, left_day);
