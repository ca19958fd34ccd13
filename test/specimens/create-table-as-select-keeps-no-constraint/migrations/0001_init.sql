CREATE TABLE stalls (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    metres INTEGER NOT NULL CHECK (metres > 0),
    owner TEXT
);
