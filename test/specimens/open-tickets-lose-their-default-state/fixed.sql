CREATE TABLE tickets_new (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open',
  sold_at TEXT DEFAULT CURRENT_TIMESTAMP,
  seat TEXT
);
INSERT INTO tickets_new (id, holder, state, sold_at) SELECT id, holder, state, sold_at FROM tickets;
DROP TABLE tickets;
ALTER TABLE tickets_new RENAME TO tickets;
