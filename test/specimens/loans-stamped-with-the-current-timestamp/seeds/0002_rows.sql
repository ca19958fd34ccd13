INSERT INTO `lenders` (`id`, `institution`) VALUES (1, 'Glass Museum');
INSERT INTO `loans` (`id`, `lender_id`, `object_title`) VALUES (1, 1, 'Goblet with lid');
