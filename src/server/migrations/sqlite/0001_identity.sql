-- Who this server is. One row, written at the first start and never again.
CREATE TABLE server_identity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id   BLOB NOT NULL CHECK (length(id) = 16),
    seed BLOB NOT NULL CHECK (length(seed) = 32)
) STRICT;
