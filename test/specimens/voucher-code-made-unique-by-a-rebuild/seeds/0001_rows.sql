INSERT INTO `shops` VALUES ('s1', 'Toys');
INSERT INTO `vouchers` VALUES ('v1', 's1', 'SPRING', 500, NULL), ('v2', 's1', 'SPRING', 700, NULL);
