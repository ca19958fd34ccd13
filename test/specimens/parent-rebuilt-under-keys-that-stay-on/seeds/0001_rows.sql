INSERT INTO `studios` VALUES (1, 'Attic', '555 0100');
INSERT INTO `sessions` VALUES (1, 1, 'The Larks');
