INSERT INTO boreholes VALUES (1, 'North field', -38), (2, 'Quarry', -9223372036854775808);
