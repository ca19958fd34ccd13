INSERT INTO photos (id, path) VALUES (1, 'sea.jpg'), (2, 'pier.jpg'), (3, 'blurred.jpg');
INSERT INTO albums (id, title, cover_photo_id) VALUES (1, 'Summer', 1), (2, 'Unsorted', NULL);
