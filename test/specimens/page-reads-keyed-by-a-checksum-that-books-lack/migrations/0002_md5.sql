CREATE TABLE reads_new (
  id INTEGER PRIMARY KEY,
  book_md5 TEXT NOT NULL,
  page INTEGER NOT NULL
);
INSERT INTO reads_new SELECT r.id, b.md5, r.page FROM reads r JOIN books b ON b.id = r.book_id WHERE b.md5 IS NOT NULL;
DROP TABLE reads;
ALTER TABLE reads_new RENAME TO reads;
