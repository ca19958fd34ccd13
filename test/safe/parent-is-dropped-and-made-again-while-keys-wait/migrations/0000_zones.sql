CREATE TABLE `time zones` (`code` text PRIMARY KEY NOT NULL, `offset` integer NOT NULL);
--> statement-breakpoint
CREATE TABLE `offices` (
	`id` integer PRIMARY KEY NOT NULL,
	`zone` text NOT NULL,
	FOREIGN KEY (`zone`) REFERENCES `time zones`(`code`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
);
