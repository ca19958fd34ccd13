CREATE TABLE `clubs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`short` text NOT NULL UNIQUE
);
--> statement-breakpoint
CREATE TABLE `fixtures` (
	`id` integer PRIMARY KEY NOT NULL,
	`club` text NOT NULL,
	`played_on` text NOT NULL,
	FOREIGN KEY (`club`) REFERENCES `clubs`(`short`) ON UPDATE no action ON DELETE no action
);
