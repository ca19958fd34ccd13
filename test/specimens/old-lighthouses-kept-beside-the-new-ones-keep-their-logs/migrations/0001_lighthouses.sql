CREATE TABLE lighthouses (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    lit_since TEXT
);

CREATE TABLE log_entries (
    id INTEGER PRIMARY KEY,
    lighthouse_id INTEGER NOT NULL REFERENCES lighthouses (id),
    written_on TEXT NOT NULL,
    entry TEXT NOT NULL
);
