INSERT INTO reviews (id, stars, country) VALUES (1, 4, 'gr');
