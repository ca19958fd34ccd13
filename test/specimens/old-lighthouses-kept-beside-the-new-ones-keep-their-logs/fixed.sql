-- keep a copy of the old table for a release, in case something is wrong with the new one
CREATE TABLE lighthouses_before_0002 AS SELECT id, name, lit_since FROM lighthouses;

ALTER TABLE lighthouses ADD COLUMN range_in_miles REAL NOT NULL DEFAULT 12;
