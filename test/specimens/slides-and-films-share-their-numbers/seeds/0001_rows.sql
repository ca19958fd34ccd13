INSERT INTO slides VALUES (1, 'a.png', 640);
INSERT INTO films VALUES (1, 'b.mp4', 60);
