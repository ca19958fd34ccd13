ALTER TABLE visitors RENAME TO visitors_old;
CREATE TABLE visitors (
  id INTEGER PRIMARY KEY,
  address TEXT
);
INSERT INTO visitors (id, address) SELECT v.id, coalesce(v.street || ', ', '') || v.town FROM visitors_old v;
DROP TABLE visitors_old;
