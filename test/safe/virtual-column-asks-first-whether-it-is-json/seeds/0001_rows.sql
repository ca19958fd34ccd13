INSERT INTO letters (id, sender, extra) VALUES (1, 'Ada', '{"lang": "en"}'), (2, 'Bo', 'typed by hand'), (3, 'Cy', NULL);
