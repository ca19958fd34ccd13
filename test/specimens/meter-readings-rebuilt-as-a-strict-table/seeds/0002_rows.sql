INSERT INTO meters VALUES ('m1', 'Elm Street');
INSERT INTO readings (serial, litres, read_on) VALUES ('m1', 18230, '2022-01-03'), ('m1', 'nobody in', '2022-02-03');
