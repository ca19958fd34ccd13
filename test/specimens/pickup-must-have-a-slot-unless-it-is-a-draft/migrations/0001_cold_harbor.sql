CREATE TABLE `slots` (
	`id` text PRIMARY KEY NOT NULL,
	`starts_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pickups` (
	`id` text PRIMARY KEY NOT NULL,
	`slot_id` text REFERENCES `slots`(`id`) ON DELETE set null,
	`state` text DEFAULT 'draft' NOT NULL,
	`address` text NOT NULL
);
