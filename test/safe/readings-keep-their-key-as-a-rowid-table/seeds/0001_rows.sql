INSERT INTO readings VALUES ('s1', 10, 2.5), ('s2', 20, 3.5);
