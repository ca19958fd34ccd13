CREATE TABLE kilns_next (
  id INTEGER PRIMARY KEY,
  options_json TEXT NOT NULL
);
INSERT INTO kilns_next (id, options_json) SELECT id, '"' || replace(options, '"', '\"') || '"' FROM kilns;
DROP TABLE kilns;
ALTER TABLE kilns_next RENAME TO kilns;
