-- Photos and PDFs that belong to something at the counter. The bytes lie in the folder `files/`, named by their hash;
-- a row is committed only after its file stands there whole, so no row ever names a missing file.

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
) STRICT;

CREATE INDEX file_sha256 ON file (sha256);
