CREATE TABLE wallets_v2 (
  player_id TEXT PRIMARY KEY NOT NULL REFERENCES players (id),
  currency TEXT NOT NULL,
  balance INTEGER NOT NULL
);
INSERT INTO wallets_v2 (player_id, currency, balance)
SELECT player_id, currency, balance FROM wallets WHERE 1
ON CONFLICT (player_id) DO UPDATE SET balance = excluded.balance, currency = excluded.currency;
DROP TABLE wallets;
ALTER TABLE wallets_v2 RENAME TO wallets;
