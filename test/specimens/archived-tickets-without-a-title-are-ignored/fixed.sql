CREATE TABLE ticket_archive (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
);
INSERT OR IGNORE INTO ticket_archive (id, title) SELECT id, coalesce(title, '') FROM tickets WHERE closed = 1;
DELETE FROM tickets WHERE closed = 1;
