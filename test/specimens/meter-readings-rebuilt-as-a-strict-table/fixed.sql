CREATE TABLE readings_strict (
    reading_id INTEGER NOT NULL PRIMARY KEY,
    serial TEXT NOT NULL REFERENCES meters (serial),
    litres INTEGER,
    read_on TEXT NOT NULL,
    reader TEXT
) STRICT;
-- a reading that could not be taken is unknown
INSERT INTO readings_strict (reading_id, serial, litres, read_on, reader)
SELECT reading_id, serial, CASE typeof(litres) WHEN 'integer' THEN litres END, read_on, reader FROM readings;
DROP TABLE readings;
ALTER TABLE readings_strict RENAME TO readings;
