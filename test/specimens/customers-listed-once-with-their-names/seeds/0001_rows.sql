INSERT INTO sales VALUES (1, 7, 'Ann', 500), (2, 7, 'Anne', 700);
