ALTER TABLE berths ADD COLUMN short_name TEXT;
UPDATE berths SET short_name = lower(hex(randomblob(3))) WHERE short_name IS NULL;
ALTER TABLE berths ADD COLUMN harbour_id INTEGER REFERENCES harbours (id);
UPDATE berths SET harbour_id = 1;
