CREATE TABLE tag_names (name TEXT PRIMARY KEY, tag_id INTEGER NOT NULL, colour TEXT, deleted INTEGER NOT NULL);
INSERT OR REPLACE INTO tag_names SELECT lower(name), id, colour, deleted FROM tags;
DROP TABLE tags;
