-- keep the old table for a release, in case something is wrong with the new one
ALTER TABLE lighthouses RENAME TO lighthouses_before_0002;

CREATE TABLE lighthouses (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    lit_since TEXT,
    range_in_miles REAL NOT NULL DEFAULT 12
);

INSERT INTO lighthouses (id, name, lit_since)
SELECT id, name, lit_since FROM lighthouses_before_0002;
