CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  path TEXT NOT NULL
);
CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  item TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id)
);
