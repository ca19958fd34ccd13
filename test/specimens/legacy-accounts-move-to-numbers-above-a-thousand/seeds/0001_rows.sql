INSERT INTO accounts VALUES (1001,'x');
INSERT INTO legacy_accounts VALUES (1,'y');
