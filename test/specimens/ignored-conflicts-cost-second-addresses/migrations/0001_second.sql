CREATE TABLE `__new_recipients` (
	`id` text PRIMARY KEY NOT NULL,
	`list_id` text NOT NULL,
	`email` text NOT NULL,
	`name` text,
	FOREIGN KEY (`list_id`) REFERENCES `lists`(`id`) ON UPDATE no action ON DELETE cascade,
	UNIQUE(`list_id`, `email`)
);
--> statement-breakpoint
INSERT OR IGNORE INTO `__new_recipients`("id", "list_id", "email", "name") SELECT "id", "list_id", "email", "name" FROM `recipients`;--> statement-breakpoint
DROP TABLE `recipients`;--> statement-breakpoint
ALTER TABLE `__new_recipients` RENAME TO `recipients`;
