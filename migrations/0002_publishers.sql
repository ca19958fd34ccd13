-- Publishers own pipelines and hold the credentials that the service read from its environment until now.

CREATE TABLE publishers (
  id TEXT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT
);

-- Owns what was published before there were publishers.
INSERT INTO publishers (id, slug, display_name, created_at)
VALUES ('pub_demo_seed', 'demo', 'Demo publisher', '2026-03-02T09:00:00.000Z');

CREATE TABLE publisher_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  publisher_id TEXT NOT NULL REFERENCES publishers(id),
  kinds_json TEXT NOT NULL, -- what the token may do: ["*"], or a list such as ["runs:read"]
  secret_hash TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('env_grandfather', 'issued')),
  created_at TEXT NOT NULL,
  revoked_at TEXT
);

-- A revoked hash may return: the service takes the token of its environment over again at every start.
CREATE UNIQUE INDEX publisher_tokens_active_hash ON publisher_tokens (secret_hash) WHERE revoked_at IS NULL;

-- The service sends these out or signs with them, so they are encrypted where tokens are hashed.
CREATE TABLE publisher_secrets (
  id TEXT NOT NULL PRIMARY KEY,
  publisher_id TEXT NOT NULL REFERENCES publishers(id),
  kind TEXT NOT NULL CHECK (kind IN ('subcommand_bearer', 'webhook_signing')),
  name TEXT NOT NULL,
  ciphertext BLOB NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (publisher_id, kind, name)
);

-- No NOT NULL DEFAULT 'pub_demo_seed' here: with foreign keys on, SQLite refuses a REFERENCES column with a default as
-- soon as the table has a row. The service sees to it that every pipeline has a publisher.
ALTER TABLE pipelines ADD COLUMN publisher_id TEXT REFERENCES publishers(id);

UPDATE pipelines SET publisher_id = 'pub_demo_seed';

CREATE INDEX pipelines_by_publisher ON pipelines (publisher_id);

CREATE TABLE publisher_audit_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  publisher_id TEXT NOT NULL REFERENCES publishers(id),
  token_id TEXT REFERENCES publisher_tokens(id), -- NULL: done by the service itself
  action TEXT NOT NULL,
  details_json TEXT,
  ts TEXT NOT NULL
);
