CREATE TABLE visitors_new (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, city TEXT);
INSERT INTO visitors_new (id, name) SELECT id, name FROM visitors;
DROP TABLE visitors;
ALTER TABLE visitors_new RENAME TO visitors;
