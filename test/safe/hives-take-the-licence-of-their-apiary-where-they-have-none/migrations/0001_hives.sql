CREATE TABLE hives (id TEXT PRIMARY KEY, kind TEXT, spot TEXT, licence TEXT, left_at TEXT);
CREATE TABLE apiaries (id TEXT PRIMARY KEY, name TEXT NOT NULL, spot TEXT NOT NULL, licence TEXT, main_hive TEXT, left_at TEXT);
CREATE INDEX hives_by_spot ON hives (spot);
CREATE INDEX apiaries_by_main_hive ON apiaries (main_hive);
