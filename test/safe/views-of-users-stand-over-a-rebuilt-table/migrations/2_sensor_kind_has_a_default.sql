PRAGMA legacy_alter_table = ON;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL REFERENCES rooms (id), kind TEXT NOT NULL DEFAULT 'damp');
INSERT INTO sensors_new (id, room_id, kind) SELECT id, room_id, kind FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
PRAGMA legacy_alter_table = OFF;
