-- Household visits (入户走访): who looks after which grid, rounds, visits, what families asked for, photos, patrols.

-- Who goes from door to door: staff of the community, social workers, volunteers. Not every one of them has a PIN.
CREATE TABLE visitor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('staff', 'social-worker', 'volunteer')),
  phone TEXT NOT NULL DEFAULT '',
  operator_id INTEGER UNIQUE REFERENCES operator,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- 管线 (line: a field of business for all grids), 包片 (area: answers for a grid), 联户 (households: visits there too).
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

-- The staff of a grid were a list without dates; one of one name and number is one person.
INSERT INTO visitor (name, kind, phone) SELECT name, 'staff', phone FROM grid_staff GROUP BY name, phone ORDER BY min(id);
INSERT INTO grid_post (visitor_id, kind, grid_id, duty)
SELECT visitor.id, 'area', grid_staff.grid_id, grid_staff.duty FROM grid_staff
JOIN visitor ON visitor.name = grid_staff.name AND visitor.phone = grid_staff.phone ORDER BY grid_staff.id;
DROP TABLE grid_staff;

-- In so many days a family of this key group is to be seen again; set by the community.
CREATE TABLE visit_interval (
  key_group TEXT PRIMARY KEY REFERENCES key_group,
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 366)
) STRICT;

-- The usual ones (seeds/reference/key-groups.json), for the groups that an older folder knows already.
INSERT INTO visit_interval (key_group, days)
SELECT name, days FROM key_group JOIN (
  SELECT '孤寡老人' AS usual, 30 AS days UNION ALL VALUES
    ('独居老人', 30), ('困境儿童', 30), ('留守儿童', 30), ('特困人员', 30), ('重病患者', 30),
    ('困难群体', 60), ('低保对象', 60), ('高龄老人', 60), ('残疾', 60), ('失独家庭', 60),
    ('道德英模', 180), ('退役军人', 180)) ON usual = name;

-- The door stands twice, written in two ways: the people, enquiries and visits went over to the other one.
ALTER TABLE household ADD COLUMN merged_into INTEGER REFERENCES household;
CREATE INDEX household_merged ON household (merged_into) WHERE merged_into IS NOT NULL;

-- Nobody lives there, with the reason: out of the denominator from that day on until somebody is met again.
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

CREATE UNIQUE INDEX household_away_now ON household_away (household_id) WHERE until_day IS NULL;
CREATE INDEX household_away_household ON household_away (household_id, from_day);
CREATE INDEX household_away_visit ON household_away (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX household_away_ended_by ON household_away (ended_by) WHERE ended_by IS NOT NULL;

-- 入户登记表: what it asks beside what a person's and a household's record hold anyway (公通字[1995]91号).
CREATE TABLE household_registration (
  household_id INTEGER PRIMARY KEY REFERENCES household,
  kind TEXT NOT NULL DEFAULT '',
  tenure TEXT NOT NULL DEFAULT '',
  -- the day on which somebody last went through the form at the door
  checked_day TEXT NOT NULL
) STRICT;

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

-- A list of doors for one outing; its code stands as a QR code on the paper.
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

CREATE TABLE visit_round_visitor (
  round_id INTEGER NOT NULL REFERENCES visit_round,
  visitor_id INTEGER NOT NULL REFERENCES visitor,
  PRIMARY KEY (round_id, visitor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_round_visitor_visitor ON visit_round_visitor (visitor_id, round_id);

CREATE TABLE visit_round_stop (
  round_id INTEGER NOT NULL REFERENCES visit_round,
  position INTEGER NOT NULL,
  household_id INTEGER NOT NULL REFERENCES household,
  -- why it was suggested, as words of the contract
  because TEXT NOT NULL CHECK (json_valid(because)),
  PRIMARY KEY (round_id, position)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX visit_round_stop_household ON visit_round_stop (household_id, round_id);

-- One knock at one door. Never deleted: a mistake is voided by a second row.
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

CREATE INDEX visit_household ON visit (household_id, day, id);
-- The last time that a family was met, from the index alone.
CREATE INDEX visit_met ON visit (household_id, day) WHERE voided = 0 AND outcome = 'met';
CREATE INDEX visit_day ON visit (day, outcome, household_id, grid_id) WHERE voided = 0;
CREATE INDEX visit_round_id ON visit (round_id) WHERE round_id IS NOT NULL;
-- The day last agreed on at each door, from the index alone.
CREATE INDEX visit_follow_up ON visit (household_id, day, follow_up_day) WHERE voided = 0 AND follow_up_day IS NOT NULL;

CREATE TABLE visit_void (
  visit_id INTEGER PRIMARY KEY REFERENCES visit,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE TABLE visit_visitor (
  visit_id INTEGER NOT NULL REFERENCES visit,
  visitor_id INTEGER NOT NULL REFERENCES visitor,
  PRIMARY KEY (visit_id, visitor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_visitor_visitor ON visit_visitor (visitor_id, visit_id);

CREATE TABLE visit_met_person (
  visit_id INTEGER NOT NULL REFERENCES visit,
  person_id INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (visit_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_met_person_person ON visit_met_person (person_id, visit_id);

-- The family's situation, by theme.
CREATE TABLE visit_theme (
  visit_id INTEGER NOT NULL REFERENCES visit,
  theme TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (visit_id, theme)
) STRICT, WITHOUT ROWID;

-- What the family asked for. It becomes an enquiry, mostly in the same act.
CREATE TABLE visit_need (
  id INTEGER PRIMARY KEY,
  visit_id INTEGER NOT NULL REFERENCES visit,
  theme TEXT NOT NULL,
  text TEXT NOT NULL,
  enquiry_id INTEGER UNIQUE REFERENCES enquiry
) STRICT;

CREATE INDEX visit_need_visit ON visit_need (visit_id, id);

-- Of a photo as it came: the hash that tells it twice, and when the camera says it was taken (UTC).
ALTER TABLE file ADD COLUMN source_sha256 TEXT;
ALTER TABLE file ADD COLUMN taken_at TEXT;
-- Shows an ID card or a child: opened by those alone who may see such photos.
ALTER TABLE file ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1));
CREATE INDEX file_source ON file (source_sha256) WHERE source_sha256 IS NOT NULL;

-- Photos from a phone or a card. They wait without a visit until the clerk confirms which one it was.
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

-- 日走访: property companies are walked once a working day, with a tick list.
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

-- One line of the tick list as it stood on that day.
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

CREATE TABLE patrol_file (
  patrol_id INTEGER NOT NULL REFERENCES patrol,
  file_id INTEGER NOT NULL REFERENCES file,
  PRIMARY KEY (patrol_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX patrol_file_file ON patrol_file (file_id);
