INSERT INTO accounts VALUES ('a','a@x.test');
INSERT INTO subscriptions VALUES ('s1','a','basic','active',1700000000,NULL),('s2','a','basic','ended',1690000000,1699999999);
