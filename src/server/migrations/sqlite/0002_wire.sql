-- Circles with their chains, keys on their way, and logs. Ids are bytes as they travel; times are milliseconds since 1970.

CREATE TABLE circle (
    id INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE,
    used INTEGER NOT NULL
) STRICT;

CREATE TABLE control_entry (
    circle INTEGER NOT NULL REFERENCES circle (id),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (circle, seq)
) STRICT;

CREATE TABLE hold (
    circle INTEGER NOT NULL REFERENCES circle (id),
    device BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (circle, device)
) STRICT, WITHOUT ROWID;

-- entry: the number of the control entry it came with; 0 where it came by itself.
CREATE TABLE key_grant (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- The newest grant of each key.
CREATE TABLE granted_key (
    circle INTEGER NOT NULL REFERENCES circle (id),
    device BLOB NOT NULL,
    stream BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    key_grant INTEGER NOT NULL REFERENCES key_grant (id),
    PRIMARY KEY (circle, device, stream, epoch)
) STRICT, WITHOUT ROWID;

CREATE INDEX granted_key_grant ON granted_key (key_grant);

CREATE TABLE wanted_key (
    circle INTEGER NOT NULL REFERENCES circle (id),
    device BLOB NOT NULL,
    stream BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    PRIMARY KEY (circle, device, stream, epoch)
) STRICT, WITHOUT ROWID;

-- One log of one stream, under its present name, with the point after its last row.
CREATE TABLE stream_log (
    id INTEGER PRIMARY KEY,
    circle INTEGER NOT NULL REFERENCES circle (id),
    stream BLOB NOT NULL,
    name BLOB NOT NULL,
    seq INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    running BLOB NOT NULL,
    UNIQUE (circle, stream)
) STRICT;

-- Names that it had, or that a copy of it had which is gone.
CREATE TABLE past_name (
    log INTEGER NOT NULL REFERENCES stream_log (id),
    name BLOB NOT NULL,
    PRIMARY KEY (log, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_row (
    log INTEGER NOT NULL REFERENCES stream_log (id),
    seq INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    running BLOB NOT NULL,
    device BLOB NOT NULL,
    dev_seq INTEGER NOT NULL,
    header BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    frame BLOB NOT NULL,
    PRIMARY KEY (log, seq),
    UNIQUE (log, device, dev_seq)
) STRICT;

-- The newest header of each device in a log.
CREATE TABLE device_end (
    log INTEGER NOT NULL REFERENCES stream_log (id),
    device BLOB NOT NULL,
    dev_seq INTEGER NOT NULL,
    header BLOB NOT NULL,
    PRIMARY KEY (log, device)
) STRICT, WITHOUT ROWID;

-- Bodies that took the place of erased ones, also of frames that are not here (any more).
CREATE TABLE erasure (
    log INTEGER NOT NULL REFERENCES stream_log (id),
    device BLOB NOT NULL,
    dev_seq INTEGER NOT NULL,
    header BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (log, device, dev_seq)
) STRICT;
