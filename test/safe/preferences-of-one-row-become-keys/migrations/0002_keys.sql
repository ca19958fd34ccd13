CREATE TABLE kept_preferences (name TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL);
INSERT INTO kept_preferences (name, content)
SELECT 'colour', colour FROM preferences
UNION ALL
SELECT 'typeface', typeface FROM preferences;
CREATE TABLE gateways (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  host TEXT NOT NULL,
  CONSTRAINT gateways_kind UNIQUE (kind)
);
INSERT INTO gateways (kind, host) SELECT 'mail', host FROM mail_gateway;
