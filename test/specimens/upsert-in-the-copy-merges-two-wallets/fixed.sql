-- every balance stays; the shop reads the sum
CREATE VIEW wallet_totals AS SELECT player_id, sum(balance) AS balance FROM wallets GROUP BY player_id;
