ALTER TABLE samples ADD COLUMN celsius REAL;
UPDATE samples SET celsius = json_extract(payload, '$.t') WHERE json_valid(payload);
CREATE TABLE operators (name TEXT NOT NULL, probe_id TEXT NOT NULL);
INSERT INTO operators (name, probe_id) SELECT operator, probe_id FROM probes WHERE operator IS NOT NULL;
CREATE INDEX samples_celsius ON samples (celsius);
