CREATE TABLE `photos` (
	`id` text PRIMARY KEY NOT NULL,
	`caption` text
);
--> statement-breakpoint
CREATE TABLE `photo_tags` (
	`photo_id` text NOT NULL,
	`tag` text NOT NULL,
	`added by` text DEFAULT 'import' NOT NULL,
	PRIMARY KEY(`photo_id`, `tag`),
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade
);
