CREATE TABLE members_new (email TEXT PRIMARY KEY, name TEXT NOT NULL, phone TEXT);
INSERT INTO members_new (rowid, email, name) SELECT rowid, email, name FROM members;
DROP TABLE members;
ALTER TABLE members_new RENAME TO members;
