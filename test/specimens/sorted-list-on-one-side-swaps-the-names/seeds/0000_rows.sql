INSERT INTO leagues (id, name) VALUES ('l1', 'Coastal');
INSERT INTO umpires (id, league_id, given_name, family_name) VALUES ('u1', 'l1', 'Sato', 'Endo');
