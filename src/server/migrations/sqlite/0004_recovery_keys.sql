-- The circles that ever named a recovery key, by that key. No server took an entry with one before this step was there.

CREATE TABLE recovery_key (
    id INTEGER PRIMARY KEY,
    device BLOB NOT NULL,
    circle INTEGER NOT NULL REFERENCES circle (id),
    UNIQUE (device, circle)
) STRICT;
