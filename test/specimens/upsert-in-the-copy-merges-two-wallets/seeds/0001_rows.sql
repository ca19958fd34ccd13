INSERT INTO players (id, nick) VALUES ('p1', 'quill');
INSERT INTO wallets (player_id, currency, balance) VALUES ('p1', 'gold', 40), ('p1', 'silver', 900);
