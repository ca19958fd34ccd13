CREATE TABLE readings_strict (
    reading_id INTEGER NOT NULL PRIMARY KEY,
    serial TEXT NOT NULL REFERENCES meters (serial),
    litres INTEGER NOT NULL,
    read_on TEXT NOT NULL,
    reader TEXT
) STRICT;
INSERT INTO readings_strict (reading_id, serial, litres, read_on, reader)
SELECT reading_id, serial, litres, read_on, reader FROM readings;
DROP TABLE readings;
ALTER TABLE readings_strict RENAME TO readings;
