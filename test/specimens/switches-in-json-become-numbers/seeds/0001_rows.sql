INSERT INTO profiles VALUES (1,'{"email":true,"weekly":false}');
