CREATE TABLE `leagues` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `umpires` (
	`id` text PRIMARY KEY NOT NULL,
	`league_id` text NOT NULL,
	`given_name` text NOT NULL,
	`family_name` text NOT NULL,
	FOREIGN KEY (`league_id`) REFERENCES `leagues`(`id`) ON UPDATE no action ON DELETE no action
);
