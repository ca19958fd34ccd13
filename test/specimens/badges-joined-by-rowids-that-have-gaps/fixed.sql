CREATE TABLE badges_new (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL
);
INSERT INTO badges_new (code, title) SELECT code, title FROM badges ORDER BY rowid;
CREATE TABLE awards_new (
  id INTEGER PRIMARY KEY,
  badge_id INTEGER NOT NULL REFERENCES badges_new (id),
  given_on TEXT NOT NULL
);
INSERT INTO awards_new (id, badge_id, given_on) SELECT awards.id, badges_new.id, awards.given_on FROM awards JOIN badges_new ON badges_new.code = awards.badge;
DROP TABLE awards;
DROP TABLE badges;
ALTER TABLE badges_new RENAME TO badges;
ALTER TABLE awards_new RENAME TO awards;
