CREATE TABLE crates_sealed (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  sealed BOOLEAN NOT NULL DEFAULT 'no'
);
INSERT INTO crates_sealed (id, label) SELECT id, label FROM crates;
DROP TABLE crates;
ALTER TABLE crates_sealed RENAME TO crates;
