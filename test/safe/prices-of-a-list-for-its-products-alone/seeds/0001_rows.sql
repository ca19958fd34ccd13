INSERT INTO products VALUES ('P1','Lamp',1900,'EUR'),('P2','Shade',700,'EUR');
INSERT INTO price_list VALUES ('P1',2100,'EUR');
