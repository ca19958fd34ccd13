INSERT INTO thumbnails (id, image) VALUES (1, x'ffd8');
INSERT INTO readings (id, meter, amount) VALUES (1, 'cellar', 12);
