INSERT INTO trips (id, passenger, fare_class) VALUES (1, 'Mirko', 'First'), (2, 'Aylin', 'Crew');
