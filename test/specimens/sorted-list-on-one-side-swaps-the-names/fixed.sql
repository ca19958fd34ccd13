CREATE TABLE `__new_umpires` (
	`id` text PRIMARY KEY NOT NULL,
	`league_id` text NOT NULL,
	`given_name` text NOT NULL,
	`family_name` text NOT NULL,
	FOREIGN KEY (`league_id`) REFERENCES `leagues`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_umpires`("given_name", "family_name", "id", "league_id") SELECT "given_name", "family_name", "id", "league_id" FROM `umpires`;--> statement-breakpoint
DROP TABLE `umpires`;--> statement-breakpoint
ALTER TABLE `__new_umpires` RENAME TO `umpires`;
