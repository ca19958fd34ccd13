INSERT INTO visits VALUES (1, '/', 'Kiosk'), (2, '/about', 'kiosk');
