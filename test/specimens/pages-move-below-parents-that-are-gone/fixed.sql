CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent_id INTEGER, title TEXT NOT NULL, FOREIGN KEY (parent_id) REFERENCES nodes(id));
INSERT INTO nodes SELECT id, (SELECT p.id FROM pages p WHERE p.id = pages.parent_id), title FROM pages;
DROP TABLE pages;
