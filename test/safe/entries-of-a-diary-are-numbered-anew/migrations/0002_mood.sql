CREATE TABLE entries_new (id INTEGER PRIMARY KEY, day TEXT NOT NULL, body TEXT NOT NULL, mood TEXT);
INSERT INTO entries_new (day, body) SELECT day, body FROM entries ORDER BY id;
DROP TABLE entries;
ALTER TABLE entries_new RENAME TO entries;
