INSERT INTO soundings (id, place, depth) VALUES (1, 'Inner buoy', 4), (2, 'Sill', NULL);
