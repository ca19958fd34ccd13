ALTER TABLE thumbnails ADD COLUMN width INTEGER NOT NULL;
INSERT INTO readings_new (id, meter, amount, unit) SELECT id, meter, amount, 'kWh' FROM readings;
DROP TABLE readings;
ALTER TABLE readings_new RENAME TO readings;
