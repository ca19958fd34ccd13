INSERT INTO venues (id, name, address) VALUES (1, 'Barn', '{"city": "Oslo"}'), (2, 'Pier', 'Harbour Road 3, Bergen');
