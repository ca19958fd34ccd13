CREATE TABLE new_proposals (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id),
  pitch TEXT NOT NULL,
  verdict TEXT,
  score REAL
);
INSERT INTO new_proposals (id, call_id, pitch, verdict) SELECT id, call_id, pitch, verdict FROM proposals WHERE verdict <> 'archived';
DROP TABLE proposals;
ALTER TABLE new_proposals RENAME TO proposals;
