-- Enquiries to the end: departments, dispatch, limits that can pause, papers, call-backs, ratings, groups.

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

-- Working days, or working hours of the desk (settings), until the answer is due.
ALTER TABLE matter RENAME COLUMN limit_days TO limit_amount;
ALTER TABLE matter ADD COLUMN limit_unit TEXT NOT NULL DEFAULT 'day' CHECK (limit_unit IN ('day', 'hour'));
ALTER TABLE matter ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
ALTER TABLE matter ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- Cases of one cause (one leak, twelve households); may become a topic of 民声金话筒.
CREATE TABLE enquiry_group (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE enquiry_new (
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

-- How long the answer took is counted in weekdays: SQLite knows no holidays. Its Julian days begin on a Monday.
WITH day (enquiry_id, first, last) AS (
  SELECT id, CAST(julianday(accepted_day) + 0.5 AS INTEGER), CAST(julianday(closed_day) + 0.5 AS INTEGER) FROM enquiry)
INSERT INTO enquiry_new (
  id, number, ticket, title, words, matter_id, channel, asker_id, given_name, given_phone, anonymous, subject_id,
  household_id, grid_id, state, open, accepted_at, accepted_day, answer_due_at, due_at, answer, answer_kind, answered_day,
  answer_days, late, closed_day, operator_id, version)
SELECT
  id, number, ticket, title, words, matter_id, channel, asker_id, given_name, given_phone, anonymous, subject_id,
  household_id, (SELECT grid_id FROM household WHERE household.id = enquiry.household_id), state,
  state = 'accepted', accepted_at,
  accepted_day, coalesce(due_day, accepted_day) || 'T15:59:59.999Z', coalesce(due_day, accepted_day) || 'T15:59:59.999Z',
  answer, iif(state = 'closed', 'solved', NULL), closed_day,
  max(0, last / 7 * 5 + min(last % 7 + 1, 5) - first / 7 * 5 - min(first % 7 + 1, 5)),
  iif(closed_day IS NULL, NULL, coalesce(closed_day > due_day, 0)), closed_day, operator_id, version
FROM enquiry JOIN day ON day.enquiry_id = enquiry.id;

DROP TABLE enquiry;
ALTER TABLE enquiry_new RENAME TO enquiry;

-- Open ones are few and looked at all day, those that wait for the resident last; the others are many.
CREATE INDEX enquiry_open_due ON enquiry (waiting, due_at, id, state, answer_due_at) WHERE open = 1;
CREATE INDEX enquiry_asker ON enquiry (asker_id, id) WHERE asker_id IS NOT NULL;
CREATE INDEX enquiry_subject ON enquiry (subject_id, id) WHERE subject_id IS NOT NULL;
-- Every line that names a person counts their open ones.
CREATE INDEX enquiry_open_asker ON enquiry (asker_id) WHERE open = 1;
CREATE INDEX enquiry_open_subject ON enquiry (subject_id) WHERE open = 1;
CREATE INDEX enquiry_household ON enquiry (household_id, id) WHERE household_id IS NOT NULL;
-- Filters of the lists, newest first. The rest of each key answers the other filters without reading the rows.
CREATE INDEX enquiry_state ON enquiry (state, id, matter_id, operator_id, lead_id, grid_id);
CREATE INDEX enquiry_matter ON enquiry (matter_id, id, state, operator_id, lead_id, grid_id);
CREATE INDEX enquiry_operator ON enquiry (operator_id, id, state, matter_id, lead_id, grid_id);
CREATE INDEX enquiry_lead ON enquiry (lead_id, id, state, matter_id, operator_id, grid_id) WHERE lead_id IS NOT NULL;
CREATE INDEX enquiry_grid ON enquiry (grid_id, id, state, matter_id, operator_id, lead_id) WHERE grid_id IS NOT NULL;
CREATE INDEX enquiry_group_members ON enquiry (group_id, id) WHERE group_id IS NOT NULL;
CREATE INDEX enquiry_accepted_day ON enquiry (accepted_day, id, state, matter_id, operator_id, lead_id, grid_id);
-- What the manager's page counts, answered from this index alone.
CREATE INDEX enquiry_answered_day ON enquiry (answered_day, id, state, matter_id, lead_id, operator_id, grid_id, answer_days, late, answer_kind)
  WHERE answered_day IS NOT NULL;
CREATE INDEX enquiry_closed_day ON enquiry (closed_day, id, state, matter_id, operator_id, lead_id, grid_id, follow_up)
  WHERE closed_day IS NOT NULL;
-- The few that went badly, over all years, newest first.
CREATE INDEX enquiry_late ON enquiry (id, state, matter_id, operator_id, lead_id, grid_id, answer_kind, follow_up)
  WHERE late = 1;
CREATE INDEX enquiry_not_solved ON enquiry (answer_kind, id, state, matter_id, operator_id, lead_id, grid_id, follow_up)
  WHERE answer_kind = 'explained' OR answer_kind = 'refused';
CREATE INDEX enquiry_not_content ON enquiry (follow_up, id, state, matter_id, operator_id, lead_id, grid_id)
  WHERE follow_up = 'discontent' OR follow_up = 'unreachable' OR follow_up = 'no-contact';
CREATE INDEX enquiry_promise ON enquiry (promise_day, id) WHERE promise_day IS NOT NULL;

-- One department called to one enquiry: its own arrival (报到) and its own answer.
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

CREATE INDEX assignment_enquiry ON assignment (enquiry_id, id);
-- A department has one task at a time in one enquiry.
CREATE UNIQUE INDEX assignment_at_work ON assignment (enquiry_id, department_id) WHERE state IN ('sent', 'arrived');
CREATE INDEX assignment_department ON assignment (department_id, id);
-- Those that have not reported yet.
CREATE INDEX assignment_sent ON assignment (arrive_due_at, enquiry_id) WHERE state = 'sent';

-- Which department a step was about, and what else it carries: via, until, kind, result (contract: eventDetail).
ALTER TABLE enquiry_event ADD COLUMN assignment_id INTEGER REFERENCES assignment;
ALTER TABLE enquiry_event ADD COLUMN detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail));

CREATE TABLE enquiry_file (
  event_id INTEGER NOT NULL REFERENCES enquiry_event,
  file_id INTEGER NOT NULL REFERENCES file,
  PRIMARY KEY (event_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX enquiry_file_file ON enquiry_file (file_id);

-- The papers of a case: brought, missing in writing (一次性告知) or promised (容缺受理).
CREATE TABLE enquiry_paper (
  id INTEGER PRIMARY KEY,
  enquiry_id INTEGER NOT NULL REFERENCES enquiry,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('brought', 'missing', 'promised')),
  UNIQUE (enquiry_id, name)
) STRICT;

-- 好差评: one per case, given by the resident; who rated what is nobody's business at the counter.
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

-- Suspected harm to a child (未成年人保护法 11): a log of its own, added to and never changed.
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

CREATE TRIGGER harm_report_no_update BEFORE UPDATE ON harm_report
BEGIN SELECT RAISE(ABORT, 'reports of harm are append-only'); END;

CREATE TRIGGER harm_report_no_delete BEFORE DELETE ON harm_report
BEGIN SELECT RAISE(ABORT, 'reports of harm are append-only'); END;

-- INSERT OR REPLACE deletes without asking the delete trigger.
CREATE TRIGGER harm_report_no_replace BEFORE INSERT ON harm_report
WHEN EXISTS (SELECT 1 FROM harm_report WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'reports of harm are append-only'); END;
