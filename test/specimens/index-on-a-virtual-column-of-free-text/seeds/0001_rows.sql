INSERT INTO tickets (id, subject, meta) VALUES (1, 'No heating', '{"queue": "flats"}'), (2, 'Lost key', 'call back');
