CREATE TABLE wallets_new (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  is_watched INTEGER NOT NULL DEFAULT 0
);
INSERT INTO wallets_new SELECT public_id, name, 0 FROM wallets;
DROP TABLE wallets;
ALTER TABLE wallets_new RENAME TO wallets;
