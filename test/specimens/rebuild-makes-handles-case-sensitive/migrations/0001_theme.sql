PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_profiles` (
	`id` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`bio` text,
	`theme` text DEFAULT 'light' NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_profiles`("id", "handle", "bio") SELECT "id", "handle", "bio" FROM `profiles`;--> statement-breakpoint
DROP TABLE `profiles`;--> statement-breakpoint
ALTER TABLE `__new_profiles` RENAME TO `profiles`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_handle_unique` ON `profiles` (`handle`);
