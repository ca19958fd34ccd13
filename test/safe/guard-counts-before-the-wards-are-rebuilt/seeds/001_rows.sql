INSERT INTO wards VALUES (1, 'East', 2), (2, 'West', 3);
