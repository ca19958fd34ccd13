CREATE TABLE tag_names (name TEXT NOT NULL, tag_id INTEGER PRIMARY KEY, colour TEXT, deleted INTEGER NOT NULL);
INSERT OR REPLACE INTO tag_names SELECT lower(name), id, colour, deleted FROM tags;
DROP TABLE tags;
