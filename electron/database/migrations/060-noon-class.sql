-- The noon class (午间课堂): terms, groups, children, who may collect them, and every noon as it was.

CREATE TABLE term (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Days of the term on which the school is closed beside the public holidays.
CREATE TABLE term_day_off (
  term_id INTEGER NOT NULL REFERENCES term,
  day TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (term_id, day)
) STRICT, WITHOUT ROWID;

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

-- Crime records of staff are checked at hiring and yearly (未成年人保护法 62): only the day is kept.
CREATE TABLE staff_check (
  operator_id INTEGER PRIMARY KEY REFERENCES operator,
  checked_day TEXT NOT NULL
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

-- In the order in which they are called.
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

-- Who may collect a child, and who may not.
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

CREATE INDEX enrolment_group ON enrolment (group_id, child_id);
CREATE INDEX enrolment_child ON enrolment (child_id, from_day);
CREATE UNIQUE INDEX enrolment_present ON enrolment (child_id, term_id) WHERE left_day IS NULL;

-- Told beforehand, mostly by phone.
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

-- What happened to a child on a day: it came, it was handed over, or its absence was explained. Never changed but for
-- the mark that a second row took it back.
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

-- One arrival, one departure, one explanation per child and day, whatever four screens do at once.
CREATE UNIQUE INDEX attendance_once ON attendance (day, child_id, kind) WHERE voided = 0;
CREATE INDEX attendance_group_day ON attendance (group_id, day, kind, child_id) WHERE voided = 0;
CREATE INDEX attendance_child ON attendance (child_id, day);

CREATE TABLE attendance_void (
  attendance_id INTEGER PRIMARY KEY REFERENCES attendance,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

-- Whom one called about a child that was missing or not collected.
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

-- The tray of a child with an allergy was looked at.
CREATE TABLE tray_check (
  child_id INTEGER NOT NULL REFERENCES child,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator,
  PRIMARY KEY (child_id, day)
) STRICT, WITHOUT ROWID;

-- Added to and signed off, never changed or deleted.
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

CREATE INDEX incident_day ON incident (day, id);
CREATE INDEX incident_child ON incident (child_id, id) WHERE child_id IS NOT NULL;
CREATE INDEX incident_follows ON incident (follows, id) WHERE follows IS NOT NULL;

CREATE TRIGGER incident_no_update BEFORE UPDATE ON incident
BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;

CREATE TRIGGER incident_no_delete BEFORE DELETE ON incident
BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;

CREATE TRIGGER incident_no_replace BEFORE INSERT ON incident
WHEN EXISTS (SELECT 1 FROM incident WHERE id = NEW.id OR number = NEW.number)
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
