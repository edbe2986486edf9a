-- The house itself: settings, operators, devices, numbers, audit, documents and print jobs.

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

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

-- A paired screen. Only the SHA-256 of its token is kept.
CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- Wrong PINs in a row, per operator and per device ('operator:3', 'device:1'); gone after a right one.
CREATE TABLE sign_in_failure (
  scope TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  wait_seconds INTEGER NOT NULL
) STRICT;

-- The last number given out, per kind and local year: ZX 2026 -> 123. Numbers are never reused.
CREATE TABLE sequence (
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;

-- Append-only; mac chains each row to the one before it (HMAC-SHA256 with the folder's audit key).
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

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;

-- INSERT OR REPLACE deletes without asking the delete trigger.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;

-- How many rows there are and a mac over the last one, so that a cut-off tail shows.
CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  count INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;

-- A document as it was issued: `data` is all that stands on it.
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

-- 'spooled' only means handed over; the clerk's look at the paper makes it 'printed' or 'failed'.
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
