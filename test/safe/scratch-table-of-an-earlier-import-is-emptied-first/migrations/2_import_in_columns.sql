DELETE FROM import_lines;
DROP TABLE import_lines;
CREATE TABLE import_lines (line INTEGER PRIMARY KEY, hamlet TEXT NOT NULL, area REAL NOT NULL);
