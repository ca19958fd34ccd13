INSERT INTO `pickups` (`id`, `state`, `address`) VALUES ('pu1', 'booked', '4 Mill Lane');
