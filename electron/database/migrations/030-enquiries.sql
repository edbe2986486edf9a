-- The enquiry counter: the service catalogue, enquiries, and what happened to each.

CREATE TABLE matter (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  -- working days until the answer is due
  limit_days INTEGER NOT NULL CHECK (limit_days > 0),
  papers TEXT NOT NULL CHECK (json_valid(papers)),
  source TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE enquiry (
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
  subject_id INTEGER REFERENCES person,
  -- the door at the time of asking: people move, the leak stays
  household_id INTEGER REFERENCES household,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'closed', 'withdrawn')),
  accepted_at TEXT NOT NULL,
  accepted_day TEXT NOT NULL,
  due_day TEXT,
  closed_day TEXT,
  answer TEXT NOT NULL DEFAULT '',
  operator_id INTEGER NOT NULL REFERENCES operator,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Open ones are few and looked at all day; closed ones are many and looked at rarely.
CREATE INDEX enquiry_open_due ON enquiry (due_day, id) WHERE state = 'accepted';
CREATE INDEX enquiry_asker ON enquiry (asker_id, id) WHERE asker_id IS NOT NULL;
CREATE INDEX enquiry_subject ON enquiry (subject_id, id) WHERE subject_id IS NOT NULL;
-- Every line that names a person counts their open ones.
CREATE INDEX enquiry_open_asker ON enquiry (asker_id) WHERE state = 'accepted';
CREATE INDEX enquiry_open_subject ON enquiry (subject_id) WHERE state = 'accepted';
CREATE INDEX enquiry_household ON enquiry (household_id, id) WHERE household_id IS NOT NULL;
CREATE INDEX enquiry_matter ON enquiry (matter_id, id);
CREATE INDEX enquiry_operator ON enquiry (operator_id, id);
CREATE INDEX enquiry_accepted_day ON enquiry (accepted_day);
CREATE INDEX enquiry_closed_day ON enquiry (closed_day) WHERE closed_day IS NOT NULL;

CREATE TABLE enquiry_event (
  id INTEGER PRIMARY KEY,
  enquiry_id INTEGER NOT NULL REFERENCES enquiry,
  step TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  text TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX enquiry_event_enquiry ON enquiry_event (enquiry_id, id);
