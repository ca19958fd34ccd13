CREATE TABLE dockets_new (
  number INTEGER PRIMARY KEY,
  court_id INTEGER NOT NULL REFERENCES courts (id),
  matter TEXT NOT NULL,
  urgency TEXT NOT NULL DEFAULT 'normal'
);
INSERT INTO dockets_new (number, court_id, matter) SELECT number, court_id, matter FROM dockets;
DROP TABLE dockets;
ALTER TABLE dockets_new RENAME TO dockets;
