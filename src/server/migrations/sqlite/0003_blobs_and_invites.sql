-- Attachments in parts, and invites that wait.

-- row: the row of the log that names it; 0 for one that was erased.
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    log INTEGER NOT NULL REFERENCES stream_log (id),
    name BLOB NOT NULL,
    row INTEGER NOT NULL,
    length INTEGER NOT NULL,
    author BLOB NOT NULL,
    hash BLOB,
    have INTEGER NOT NULL,
    whole_at INTEGER,
    UNIQUE (log, name)
) STRICT;

CREATE TABLE blob_part (
    blob INTEGER NOT NULL REFERENCES blob (id),
    offset INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob, offset)
) STRICT;

CREATE TABLE invite (
    name BLOB NOT NULL PRIMARY KEY,
    circle BLOB NOT NULL,
    inviter BLOB NOT NULL,
    proof_key BLOB NOT NULL,
    bundle BLOB NOT NULL,
    expires INTEGER NOT NULL,
    claim BLOB,
    claims INTEGER NOT NULL,
    number BLOB,
    anchor BLOB,
    until INTEGER NOT NULL
) STRICT;

CREATE INDEX invite_circle ON invite (circle);
