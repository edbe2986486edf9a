-- Grids, households, persons, and the index behind the one search.

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

-- The people living at one door. One door stands once in a compound.
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
CREATE INDEX household_number ON household (number, building, unit);
CREATE INDEX household_grid ON household (grid_id);

CREATE TABLE key_group (
  name TEXT PRIMARY KEY,
  position INTEGER NOT NULL
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
CREATE INDEX person_name ON person (name, birth);
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE person_phone (
  person_id INTEGER NOT NULL REFERENCES person,
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_phone_number ON person_phone (number);

CREATE TABLE person_key_group (
  person_id INTEGER NOT NULL REFERENCES person,
  key_group TEXT NOT NULL REFERENCES key_group,
  PRIMARY KEY (person_id, key_group)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_key_group_group ON person_key_group (key_group, person_id);

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

-- What a merge filled in, so that it can be taken apart again.
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

-- rowid = person.id. Tokens are made in counters/people/tokens.ts, folded and free of anything but letters and
-- digits, so the plain tokenizer cuts at the blanks and only there; each is found by its beginning:
-- every end of the name      张三丰 三丰 丰 · zhangsanfeng sanfeng feng · zsf sf f
-- the whole name, marked 1   1张三丰 1zhangsanfeng 1zsf
-- tails, marked 0            phones and ID number backwards
-- Prefixes up to 7: the mark and the longest syllable (1zhuang).
-- Three tables, so that the first answers of one come in the order of the box without sorting all that match:
-- those who live here, the moved and dead, and once more those with open business. The last is small, for it changes
-- at every accept and close: there a row costs 0.1 ms in and 0.7 ms out, in a large one 2 to 20 ms.
CREATE VIRTUAL TABLE person_search USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

INSERT INTO person_search (person_search, rank) VALUES ('secure-delete', 1);

CREATE VIRTUAL TABLE person_search_gone USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

INSERT INTO person_search_gone (person_search_gone, rank) VALUES ('secure-delete', 1);

CREATE VIRTUAL TABLE person_search_open USING fts5 (
  tokens, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6 7'
);

INSERT INTO person_search_open (person_search_open, rank) VALUES ('secure-delete', 1);
