CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  tool_id INTEGER NOT NULL REFERENCES tools(id),
  since TEXT
);
ALTER TABLE tools DROP COLUMN legacy_code;
