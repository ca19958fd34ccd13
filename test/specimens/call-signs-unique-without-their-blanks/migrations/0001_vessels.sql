CREATE TABLE `ports` (`locode` text PRIMARY KEY NOT NULL, `name` text NOT NULL);
CREATE TABLE `vessels` (
  `imo` integer PRIMARY KEY NOT NULL,
  `name` text NOT NULL,
  `callSign` text,
  `homePort` text,
  FOREIGN KEY (`homePort`) REFERENCES `ports`(`locode`)
);
