CREATE TABLE letters (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE calls (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL);
INSERT INTO letters (id, kind, body) SELECT id, kind, body FROM messages WHERE kind = 'letter';
INSERT INTO calls (id, kind, body) SELECT id, kind, body FROM messages WHERE kind = 'call';
DROP TABLE messages;
