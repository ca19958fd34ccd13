-- two on one list may share an address: tell them apart, lose nobody
ALTER TABLE `recipients` ADD `repeated` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE INDEX `recipients_alike` ON `recipients` (`list_id`, `email`, `id`);
--> statement-breakpoint
UPDATE `recipients` SET `repeated` = (
	SELECT count(*) FROM `recipients` AS `other`
	WHERE `other`.`list_id` = `recipients`.`list_id` AND `other`.`email` = `recipients`.`email` AND `other`.`id` < `recipients`.`id`
);
--> statement-breakpoint
DROP INDEX `recipients_alike`;
--> statement-breakpoint
CREATE UNIQUE INDEX `recipients_once` ON `recipients` (`list_id`, `email`, `repeated`);
