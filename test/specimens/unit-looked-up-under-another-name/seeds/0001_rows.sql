INSERT INTO units VALUES (1, 'g'), (2, 'ml');
INSERT INTO ingredients VALUES (1, 'flour', 500, 'g'), (2, 'milk', 0.5, 'Ltr');
