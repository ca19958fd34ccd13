CREATE TABLE members (email TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE badges (member_rowid INTEGER NOT NULL, badge TEXT NOT NULL, PRIMARY KEY (member_rowid, badge));
