INSERT INTO clubs (id, short) VALUES (7, 'ROV');
INSERT INTO fixtures (id, club, played_on) VALUES (1, 'ROV', '2026-04-11');
