CREATE TABLE stalls_new (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    metres INTEGER NOT NULL CHECK (metres > 0)
);

INSERT INTO stalls_new (id, code, metres) SELECT id, code, metres FROM stalls;

DROP TABLE stalls;

ALTER TABLE stalls_new RENAME TO stalls;
