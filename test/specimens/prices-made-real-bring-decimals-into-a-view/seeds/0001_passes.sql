INSERT INTO passes (id, holder, price_ore) VALUES (1, 'Ane', 39900), (2, 'Bo', 70001);
