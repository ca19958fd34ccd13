INSERT INTO `vessels` (`imo`, `name`, `callSign`) VALUES (9074729, 'Aurora', 'PHKX'), (9074731, 'Aurora II', 'ph kx');
