INSERT INTO sluices (id, name, fall) VALUES (1, 'Upper weir', 1.5), (2, 'Old gate', 'low');
