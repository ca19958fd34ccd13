CREATE TEMPORARY TABLE `held` AS SELECT `code`, `offset` FROM `time zones`;
--> statement-breakpoint
DROP TABLE `time zones`;
--> statement-breakpoint
CREATE TABLE `time zones` (`code` text PRIMARY KEY NOT NULL, `offset` integer NOT NULL, `name` text);
--> statement-breakpoint
INSERT INTO `time zones` (`code`, `offset`) SELECT `code`, `offset` FROM `held`;
--> statement-breakpoint
DROP TABLE `held`;
