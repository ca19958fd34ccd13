CREATE TABLE messages (id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('letter', 'call')), body TEXT NOT NULL);
