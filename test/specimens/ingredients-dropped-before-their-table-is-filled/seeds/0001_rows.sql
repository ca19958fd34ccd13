INSERT INTO recipes VALUES (1,'Dal','["lentils","cumin"]');
