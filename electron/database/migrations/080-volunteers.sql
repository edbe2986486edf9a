-- Volunteers (志愿者): seven teams, activities, minutes confirmed by a second person, points that add up, the pioneers.

-- A person who serves. The number is never the ID number (MZ/T 061-2015).
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

-- The seven of the community's method (seeds/reference/teams.json); a folder that is older than them has them too.
INSERT INTO team (colour, name, position) VALUES
  ('red', '扶贫帮困', 0),
  ('orange', '青春助跑', 1),
  ('yellow', '治安巡逻', 2),
  ('green', '生态环保', 3),
  ('cyan', '法律维权', 4),
  ('blue', '家电维修', 5),
  ('purple', '卫生保健', 6);

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

-- Activities made at once: every month on one day.
CREATE TABLE activity_series (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  day_of_month INTEGER NOT NULL CHECK (day_of_month BETWEEN 1 AND 31),
  from_month TEXT NOT NULL,
  to_month TEXT NOT NULL CHECK (to_month >= from_month),
  operator_id INTEGER NOT NULL REFERENCES operator,
  created_at TEXT NOT NULL
) STRICT;

-- What 令67号 Art 7 asks for. All of it on one local day: what crosses midnight is two activities.
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

CREATE INDEX activity_day ON activity (day, id);
CREATE INDEX activity_colour_day ON activity (colour, day, id);
CREATE INDEX activity_team ON activity (team_id, day) WHERE team_id IS NOT NULL;
CREATE INDEX activity_series_day ON activity (series_id, day) WHERE series_id IS NOT NULL;
CREATE INDEX activity_planned ON activity (day) WHERE state = 'planned';

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

-- Photos of the activity and of the signed sheet.
CREATE TABLE activity_file (
  activity_id INTEGER NOT NULL REFERENCES activity,
  file_id INTEGER NOT NULL REFERENCES file,
  PRIMARY KEY (activity_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX activity_file_file ON activity_file (file_id);

-- One saving of a sign-in sheet. The same sheet sent twice has one ticket, and is one.
CREATE TABLE roll_call (
  id INTEGER PRIMARY KEY,
  activity_id INTEGER NOT NULL REFERENCES activity,
  ticket TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX roll_call_activity ON roll_call (activity_id, id);

-- Minutes of real service of one volunteer in one activity. A row is never changed but for two marks, each set once: who
-- confirmed it, and that a second row (`reverses`, negative minutes, the same day) took it back.
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

-- One standing record per activity and volunteer, whatever two screens do at once.
CREATE UNIQUE INDEX service_record_standing ON service_record (activity_id, volunteer_id)
WHERE reversed = 0 AND reverses IS NULL;
CREATE INDEX service_record_activity ON service_record (activity_id, id);
CREATE INDEX service_record_volunteer ON service_record (volunteer_id, day, id);
CREATE INDEX service_record_roll_call ON service_record (roll_call_id) WHERE roll_call_id IS NOT NULL;
-- Whose confirmation is waited for.
CREATE INDEX service_record_waiting ON service_record (activity_id, entered_by)
WHERE confirmed_at IS NULL AND reversed = 0 AND reverses IS NULL;
-- The ranking of a year, and a volunteer's hours, from the index alone. Both ask for `counted = 1` in these words.
CREATE INDEX service_record_ranking ON service_record (year, volunteer_id, minutes, rating, day) WHERE counted = 1;
CREATE INDEX service_record_hours ON service_record (volunteer_id, day, minutes) WHERE counted = 1;
CREATE INDEX service_record_day ON service_record (day, activity_id, volunteer_id, minutes) WHERE counted = 1;
-- Stars of a month: who had something confirmed in it.
CREATE INDEX service_record_confirmed ON service_record (confirmed_at, volunteer_id, minutes) WHERE counted = 1;

CREATE TRIGGER service_record_no_update BEFORE UPDATE OF
  id, activity_id, volunteer_id, roll_call_id, reverses, day, year, kind, own, arrived, left, break_minutes, minutes, how,
  overlap, long_day, beyond, reason, rating, entered_by, entered_at
ON service_record
BEGIN SELECT RAISE(ABORT, 'service records are append-only'); END;

CREATE TRIGGER service_record_confirm_once BEFORE UPDATE OF confirmed_by, confirmed_at ON service_record
WHEN OLD.confirmed_at IS NOT NULL OR OLD.reversed = 1 OR OLD.reverses IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a service record is confirmed once'); END;

CREATE TRIGGER service_record_reverse_once BEFORE UPDATE OF reversed ON service_record
WHEN NEW.reversed = 0
  OR NOT EXISTS (SELECT 1 FROM service_record WHERE reverses = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a service record is reversed by a second row'); END;

CREATE TRIGGER service_record_no_delete BEFORE DELETE ON service_record
BEGIN SELECT RAISE(ABORT, 'service records are append-only'); END;

CREATE TRIGGER service_record_no_replace BEFORE INSERT ON service_record
WHEN EXISTS (SELECT 1 FROM service_record WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM service_record WHERE reverses = NEW.reverses)
  OR (NEW.reverses IS NULL AND EXISTS (
    SELECT 1 FROM service_record
    WHERE activity_id = NEW.activity_id AND volunteer_id = NEW.volunteer_id AND reversed = 0 AND reverses IS NULL))
BEGIN SELECT RAISE(ABORT, 'service records are append-only'); END;

CREATE TRIGGER service_record_unconfirmed BEFORE INSERT ON service_record
WHEN NEW.confirmed_at IS NOT NULL OR NEW.reversed = 1
BEGIN SELECT RAISE(ABORT, 'a service record begins unconfirmed'); END;

CREATE TRIGGER service_record_of_activity BEFORE INSERT ON service_record
WHEN NOT EXISTS (
  SELECT 1 FROM activity
  WHERE id = NEW.activity_id AND day = NEW.day AND kind = NEW.kind AND own = NEW.own AND state <> 'cancelled')
BEGIN SELECT RAISE(ABORT, 'a service record is of its activity'); END;

CREATE TRIGGER service_record_mirrors BEFORE INSERT ON service_record
WHEN NEW.reverses IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM service_record
  WHERE id = NEW.reverses AND reverses IS NULL AND activity_id = NEW.activity_id AND volunteer_id = NEW.volunteer_id
    AND minutes = -NEW.minutes)
BEGIN SELECT RAISE(ABORT, 'a reversing row mirrors its first'); END;

CREATE TRIGGER service_record_reversed AFTER INSERT ON service_record
WHEN NEW.reverses IS NOT NULL
BEGIN UPDATE service_record SET reversed = 1, counted = 0 WHERE id = NEW.reverses; END;

-- Records copy these, so an activity keeps them from its first record on.
CREATE TRIGGER activity_keeps BEFORE UPDATE OF day, kind, own ON activity
WHEN (NEW.day <> OLD.day OR NEW.kind <> OLD.kind OR NEW.own <> OLD.own)
  AND EXISTS (SELECT 1 FROM service_record WHERE activity_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'an activity with records keeps its day and kind'); END;

CREATE TRIGGER activity_cancel BEFORE UPDATE OF state ON activity
WHEN NEW.state = 'cancelled' AND EXISTS (
  SELECT 1 FROM service_record WHERE activity_id = OLD.id AND reversed = 0 AND reverses IS NULL)
BEGIN SELECT RAISE(ABORT, 'an activity with records is not cancelled'); END;

-- How many points a kind of activity gives, and from when to when. A party duty gives none.
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

CREATE TRIGGER point_rule_no_update BEFORE UPDATE OF id, kind, per_hour, per_attendance, from_day ON point_rule
BEGIN SELECT RAISE(ABORT, 'a rule only ends'); END;

CREATE TRIGGER point_rule_ends BEFORE UPDATE OF to_day ON point_rule
WHEN NEW.to_day IS NULL OR NEW.to_day > coalesce(OLD.to_day, '9999-12-31')
BEGIN SELECT RAISE(ABORT, 'a rule only ends'); END;

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

CREATE INDEX redemption_volunteer ON redemption (volunteer_id, id);
CREATE INDEX redemption_gift ON redemption (gift_id, id);

CREATE TABLE redemption_reversal (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  reason TEXT NOT NULL,
  -- the gift came back into stock
  returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

-- The stock of a gift is the sum of its moves.
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

CREATE INDEX gift_move_stock ON gift_move (gift_id, id, amount);
CREATE UNIQUE INDEX gift_move_once ON gift_move (redemption_id, cause) WHERE redemption_id IS NOT NULL;

CREATE TRIGGER gift_move_stock_stands BEFORE INSERT ON gift_move
WHEN NEW.amount < 0
  AND (SELECT coalesce(sum(amount), 0) FROM gift_move WHERE gift_id = NEW.gift_id) + NEW.amount < 0
BEGIN SELECT RAISE(ABORT, 'stock is never negative'); END;

-- The points ledger (积分账). Each row cites its cause, once; the balance is the sum of `points`, never negative.
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
CREATE UNIQUE INDEX point_entry_record ON point_entry (record_id) WHERE record_id IS NOT NULL;
CREATE UNIQUE INDEX point_entry_redemption ON point_entry (redemption_id, cause) WHERE redemption_id IS NOT NULL;
CREATE UNIQUE INDEX point_entry_expiry ON point_entry (year, volunteer_id) WHERE cause = 'expiry';

CREATE TRIGGER point_entry_not_negative BEFORE INSERT ON point_entry
WHEN NEW.points < 0
  AND (SELECT coalesce(sum(points), 0) FROM point_entry WHERE volunteer_id = NEW.volunteer_id) + NEW.points < 0
BEGIN SELECT RAISE(ABORT, 'points are never negative'); END;

CREATE TRIGGER point_entry_settles BEFORE INSERT ON point_entry
WHEN NEW.written_off < 0
  AND (SELECT coalesce(sum(written_off), 0) FROM point_entry WHERE volunteer_id = NEW.volunteer_id) + NEW.written_off < 0
BEGIN SELECT RAISE(ABORT, 'no more is settled than was written off'); END;

-- A year's 志愿先锋: locked, published, frozen.
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

-- The ranking as it was when the year was locked, and as the listed corrections left it. No names: they are shown by the
-- consent of the day.
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

-- What followed an objection, or was found otherwise; figures before and after.
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

-- Ledgers are only added to. INSERT OR REPLACE deletes without asking the delete trigger.

CREATE TRIGGER roll_call_no_update BEFORE UPDATE ON roll_call
BEGIN SELECT RAISE(ABORT, 'roll-calls are append-only'); END;

CREATE TRIGGER roll_call_no_delete BEFORE DELETE ON roll_call
BEGIN SELECT RAISE(ABORT, 'roll-calls are append-only'); END;

CREATE TRIGGER roll_call_no_replace BEFORE INSERT ON roll_call
WHEN EXISTS (SELECT 1 FROM roll_call WHERE id = NEW.id OR ticket = NEW.ticket)
BEGIN SELECT RAISE(ABORT, 'roll-calls are append-only'); END;

CREATE TRIGGER redemption_no_update BEFORE UPDATE ON redemption
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_no_delete BEFORE DELETE ON redemption
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_no_replace BEFORE INSERT ON redemption
WHEN EXISTS (SELECT 1 FROM redemption WHERE id = NEW.id OR number = NEW.number OR ticket = NEW.ticket)
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_reversal_no_update BEFORE UPDATE ON redemption_reversal
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_reversal_no_delete BEFORE DELETE ON redemption_reversal
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER redemption_reversal_no_replace BEFORE INSERT ON redemption_reversal
WHEN EXISTS (SELECT 1 FROM redemption_reversal WHERE redemption_id = NEW.redemption_id)
BEGIN SELECT RAISE(ABORT, 'redemptions are append-only'); END;

CREATE TRIGGER gift_move_no_update BEFORE UPDATE ON gift_move
BEGIN SELECT RAISE(ABORT, 'moves of stock are append-only'); END;

CREATE TRIGGER gift_move_no_delete BEFORE DELETE ON gift_move
BEGIN SELECT RAISE(ABORT, 'moves of stock are append-only'); END;

CREATE TRIGGER gift_move_no_replace BEFORE INSERT ON gift_move
WHEN EXISTS (SELECT 1 FROM gift_move WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM gift_move WHERE redemption_id = NEW.redemption_id AND cause = NEW.cause)
BEGIN SELECT RAISE(ABORT, 'moves of stock are append-only'); END;

CREATE TRIGGER point_entry_no_update BEFORE UPDATE ON point_entry
BEGIN SELECT RAISE(ABORT, 'points are append-only'); END;

CREATE TRIGGER point_entry_no_delete BEFORE DELETE ON point_entry
BEGIN SELECT RAISE(ABORT, 'points are append-only'); END;

CREATE TRIGGER point_entry_no_replace BEFORE INSERT ON point_entry
WHEN EXISTS (SELECT 1 FROM point_entry WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM point_entry WHERE record_id = NEW.record_id)
  OR EXISTS (SELECT 1 FROM point_entry WHERE redemption_id = NEW.redemption_id AND cause = NEW.cause)
  OR (NEW.cause = 'expiry' AND EXISTS (
    SELECT 1 FROM point_entry WHERE year = NEW.year AND volunteer_id = NEW.volunteer_id AND cause = 'expiry'))
BEGIN SELECT RAISE(ABORT, 'points are append-only'); END;

CREATE TRIGGER pioneer_correction_no_update BEFORE UPDATE ON pioneer_correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;

CREATE TRIGGER pioneer_correction_no_delete BEFORE DELETE ON pioneer_correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;

CREATE TRIGGER pioneer_correction_no_replace BEFORE INSERT ON pioneer_correction
WHEN EXISTS (SELECT 1 FROM pioneer_correction WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;

-- A frozen year stays as it is, whatever is entered later.

CREATE TRIGGER pioneer_year_frozen_update BEFORE UPDATE ON pioneer_year
WHEN OLD.state = 'frozen'
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_year_frozen_delete BEFORE DELETE ON pioneer_year
WHEN OLD.state = 'frozen'
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_rank_frozen_insert BEFORE INSERT ON pioneer_rank
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = NEW.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_rank_frozen_update BEFORE UPDATE ON pioneer_rank
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = OLD.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_rank_frozen_delete BEFORE DELETE ON pioneer_rank
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = OLD.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_correction_frozen_insert BEFORE INSERT ON pioneer_correction
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = NEW.year AND state = 'frozen')
BEGIN SELECT RAISE(ABORT, 'a frozen year stays as it is'); END;

CREATE TRIGGER pioneer_year_no_replace BEFORE INSERT ON pioneer_year
WHEN EXISTS (SELECT 1 FROM pioneer_year WHERE year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'a year is locked once'); END;
