CREATE TABLE parcels (
  id INTEGER PRIMARY KEY,
  sender TEXT NOT NULL,
  received_at TEXT NOT NULL
);
