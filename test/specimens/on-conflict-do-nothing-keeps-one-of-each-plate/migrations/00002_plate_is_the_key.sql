CREATE TABLE permits_by_plate (
    plate      TEXT NOT NULL PRIMARY KEY,
    zone_code  TEXT NOT NULL REFERENCES zones (code),
    holder     TEXT NOT NULL
);
INSERT INTO permits_by_plate (plate, zone_code, holder)
SELECT plate, zone_code, holder FROM permits WHERE true
ON CONFLICT (plate) DO NOTHING;
DROP TABLE permits;
ALTER TABLE permits_by_plate RENAME TO permits;
