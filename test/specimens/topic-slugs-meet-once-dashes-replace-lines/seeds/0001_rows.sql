INSERT INTO topics VALUES (1,'big_data','A'),(2,'big-data','B');
