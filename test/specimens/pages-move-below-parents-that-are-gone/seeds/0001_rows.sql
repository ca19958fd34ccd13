PRAGMA foreign_keys=OFF;
INSERT INTO pages VALUES (1,NULL,'Root'),(2,9,'Lost');
PRAGMA foreign_keys=ON;
