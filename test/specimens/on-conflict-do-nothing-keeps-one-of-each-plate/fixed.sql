CREATE TABLE permits_numbered (
    id         INTEGER PRIMARY KEY,
    plate      TEXT NOT NULL,
    zone_code  TEXT NOT NULL REFERENCES zones (code),
    holder     TEXT NOT NULL
);
INSERT INTO permits_numbered (plate, zone_code, holder) SELECT plate, zone_code, holder FROM permits;
DROP TABLE permits;
ALTER TABLE permits_numbered RENAME TO permits;
CREATE INDEX permits_plate ON permits (plate);
