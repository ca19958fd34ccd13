CREATE TABLE ferries (
    ferry_no   INTEGER NOT NULL,
    harbour    TEXT NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (harbour, ferry_no)
);
CREATE TABLE crew_shifts (
    id         INTEGER PRIMARY KEY,
    harbour    TEXT NOT NULL,
    ferry_no   INTEGER NOT NULL,
    starts_at  TEXT NOT NULL,
    FOREIGN KEY (harbour, ferry_no) REFERENCES ferries (harbour, ferry_no) ON DELETE CASCADE
);
CREATE TABLE faults (
    id         INTEGER PRIMARY KEY,
    harbour    TEXT,
    ferry_no   INTEGER,
    report     TEXT NOT NULL,
    FOREIGN KEY (harbour, ferry_no) REFERENCES ferries (harbour, ferry_no) ON DELETE SET NULL
);
