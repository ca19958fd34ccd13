CREATE TABLE closures (
  ticket_id INTEGER PRIMARY KEY REFERENCES tickets (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL
);
INSERT INTO closures (ticket_id, at, by)
SELECT id, closed_at, closed_by FROM tickets WHERE state = 'closed';
