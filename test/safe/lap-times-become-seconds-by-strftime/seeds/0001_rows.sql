INSERT INTO laps (id, rider, lap_time) VALUES (1, 'Noor', '00:01:32'), (2, 'Jan', '95');
