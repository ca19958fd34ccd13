CREATE TABLE badges (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    holder TEXT
);

CREATE TABLE gate_scans (
    id INTEGER PRIMARY KEY,
    badge_code TEXT NOT NULL REFERENCES badges (code),
    scanned_at TEXT NOT NULL
);
