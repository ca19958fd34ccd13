CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL,
    agent TEXT
);

CREATE INDEX sessions_by_token ON sessions (token);
