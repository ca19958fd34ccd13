BEGIN TRANSACTION;
PRAGMA foreign_keys = OFF;
CREATE TABLE ferries_rebuilt (
    harbour    TEXT NOT NULL,
    ferry_no   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    seats      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (harbour, ferry_no)
);
INSERT INTO ferries_rebuilt (harbour, ferry_no, name, seats) SELECT harbour, ferry_no, name, coalesce(seats, 0) FROM ferries;
DROP TABLE ferries;
ALTER TABLE ferries_rebuilt RENAME TO ferries;
PRAGMA foreign_key_check;
PRAGMA foreign_keys = ON;
COMMIT;
