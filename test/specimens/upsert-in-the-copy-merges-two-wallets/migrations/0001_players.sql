CREATE TABLE players (id TEXT PRIMARY KEY NOT NULL, nick TEXT NOT NULL);
CREATE TABLE wallets (
  player_id TEXT NOT NULL REFERENCES players (id),
  currency TEXT NOT NULL,
  balance INTEGER NOT NULL,
  PRIMARY KEY (player_id, currency)
);
