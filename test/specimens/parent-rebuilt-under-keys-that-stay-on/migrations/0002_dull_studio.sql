PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_studios` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`phone` text
);
--> statement-breakpoint
INSERT INTO `__new_studios`("id", "name", "phone") SELECT "id", "name", "phone" FROM `studios`;--> statement-breakpoint
DROP TABLE `studios`;--> statement-breakpoint
ALTER TABLE `__new_studios` RENAME TO `studios`;--> statement-breakpoint
PRAGMA foreign_keys=ON;
