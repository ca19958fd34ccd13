-- People sign in and act for the publishers they are members of.

CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL COLLATE NOCASE UNIQUE,
  display_name TEXT, -- NULL until the first sign-in
  created_at TEXT NOT NULL,
  deleted_at TEXT
);

CREATE TABLE publisher_members (
  publisher_id TEXT NOT NULL REFERENCES publishers(id),
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (publisher_id, user_id)
) WITHOUT ROWID;

CREATE INDEX publisher_members_by_user ON publisher_members (user_id);

-- A refresh token is used once: using it revokes it and names the next. One that comes back was stolen.
CREATE TABLE refresh_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  replaced_by TEXT REFERENCES refresh_tokens(id) ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT
);

CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id);

CREATE TABLE human_audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
  publisher_id TEXT REFERENCES publishers(id),
  action TEXT NOT NULL,
  details_json TEXT,
  ts TEXT NOT NULL
);

CREATE INDEX human_audit_by_publisher ON human_audit (publisher_id, ts);
