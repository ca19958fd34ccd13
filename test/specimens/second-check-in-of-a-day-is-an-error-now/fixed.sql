CREATE TABLE check_ins_new (id INTEGER PRIMARY KEY, badge TEXT NOT NULL, day TEXT NOT NULL, door TEXT, UNIQUE (badge, day) ON CONFLICT IGNORE);
INSERT INTO check_ins_new (id, badge, day) SELECT id, badge, day FROM check_ins;
DROP TABLE check_ins;
ALTER TABLE check_ins_new RENAME TO check_ins;
