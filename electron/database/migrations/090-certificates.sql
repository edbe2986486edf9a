-- Certificates (志愿服务记录证明, 荣誉证书): numbered once, frozen as issued, signed, printed, checkable by anyone.

-- A template's text as it was used. Never changed: ten years later the same sheet comes out of it.
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

CREATE TRIGGER document_template_no_update BEFORE UPDATE ON document_template
BEGIN SELECT RAISE(ABORT, 'templates that were used are never changed'); END;

CREATE TRIGGER document_template_no_delete BEFORE DELETE ON document_template
BEGIN SELECT RAISE(ABORT, 'templates that were used are never changed'); END;

-- The community's own template of a kind; without a row the built-in one serves.
CREATE TABLE own_template (
  kind TEXT PRIMARY KEY,
  template_id INTEGER NOT NULL REFERENCES document_template
) STRICT;

-- A paper that is kept as its PDF: what is shown, saved and printed is that file, never a new rendering.
ALTER TABLE document ADD COLUMN template_id INTEGER REFERENCES document_template;
ALTER TABLE document ADD COLUMN file_id INTEGER REFERENCES file;
CREATE INDEX document_kept ON document (file_id) WHERE file_id IS NOT NULL;

-- Logos and seal images that were ever set: sheets that were issued show them as long as the sheets are kept.
CREATE TABLE certificate_image (
  file_id INTEGER PRIMARY KEY REFERENCES file
) STRICT;

-- Ed25519, made at first use. The newest that is not retired signs; all of them check.
CREATE TABLE signing_key (
  id INTEGER PRIMARY KEY,
  -- 32 bytes each, raw (RFC 8032); the private half goes when the key is retired
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  private_key BLOB CHECK (private_key IS NULL OR length(private_key) = 32),
  made_at TEXT NOT NULL,
  retired_at TEXT
) STRICT;

CREATE UNIQUE INDEX signing_key_now ON signing_key (retired_at IS NULL) WHERE retired_at IS NULL;

-- Asked for by one operator, decided by another, where the settings of a kind say so.
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

CREATE INDEX certificate_person ON certificate (person_id, id);
CREATE INDEX certificate_volunteer ON certificate (volunteer_id, id) WHERE volunteer_id IS NOT NULL;
CREATE INDEX certificate_day ON certificate (day, id);

CREATE TRIGGER certificate_no_update BEFORE UPDATE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificates are never changed'); END;

CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificates are never deleted'); END;

CREATE TRIGGER certificate_no_replace BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM certificate WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'certificates are never changed'); END;

-- 补打: number and content stay, the copy is counted and says so.
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

-- 作废: the number is never used again, the sheet in hand is told as void by the desk's check.
CREATE TABLE certificate_void (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificate,
  reason TEXT NOT NULL,
  -- the old sheet came back, or why not
  sheet TEXT NOT NULL CHECK (sheet IN ('returned', 'lost', 'not-returned')),
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

-- 发放登记: who took it away.
CREATE TABLE certificate_collection (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificate,
  collector TEXT NOT NULL,
  relation TEXT NOT NULL,
  at TEXT NOT NULL,
  operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

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

-- Per print queue: where a sheet has to be moved so that it lies right, in tenths of a millimetre as one reads it. A sheet
-- across is turned on its way, which printers do one way or the other: it has an offset of its own.
CREATE TABLE printer_setting (
  printer TEXT PRIMARY KEY,
  right_tenths INTEGER NOT NULL DEFAULT 0 CHECK (right_tenths BETWEEN -300 AND 300),
  down_tenths INTEGER NOT NULL DEFAULT 0 CHECK (down_tenths BETWEEN -300 AND 300),
  across_right_tenths INTEGER NOT NULL DEFAULT 0 CHECK (across_right_tenths BETWEEN -300 AND 300),
  across_down_tenths INTEGER NOT NULL DEFAULT 0 CHECK (across_down_tenths BETWEEN -300 AND 300),
  -- what always lies in its tray; empty: each sheet's own size
  paper TEXT NOT NULL DEFAULT '' CHECK (paper IN ('', 'A4', 'A5'))
) STRICT;

-- The queue that a kind of document goes to by itself.
CREATE TABLE printer_default (
  kind TEXT PRIMARY KEY,
  printer TEXT NOT NULL
) STRICT;

-- What the spooler calls a job that it took (`desk-12`): asks it what became of it, and takes it out of its queue.
ALTER TABLE print_job ADD COLUMN spool_id TEXT NOT NULL DEFAULT '';
-- Sent again because the clerk said so, always as a new job; once per job.
ALTER TABLE print_job ADD COLUMN again_of INTEGER REFERENCES print_job;
CREATE UNIQUE INDEX print_job_again ON print_job (again_of) WHERE again_of IS NOT NULL;
