CREATE TABLE `profiles` (
	`id` text PRIMARY KEY NOT NULL,
	`handle` text COLLATE NOCASE NOT NULL,
	`bio` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_handle_unique` ON `profiles` (`handle`);
--> statement-breakpoint
CREATE TABLE `invites` (
	`code` text PRIMARY KEY NOT NULL,
	`used` integer DEFAULT false NOT NULL
);
