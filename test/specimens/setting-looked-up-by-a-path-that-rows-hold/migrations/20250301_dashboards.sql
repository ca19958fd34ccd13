CREATE TABLE dashboards (
  id TEXT PRIMARY KEY,
  layout TEXT NOT NULL CHECK (json_valid(layout)),
  focus TEXT
) WITHOUT ROWID;
