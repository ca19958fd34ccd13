INSERT INTO films (id, title) VALUES (1, ' The Weir'), (2, 'Moss');
INSERT INTO upload_queue (film_id) VALUES (2);
