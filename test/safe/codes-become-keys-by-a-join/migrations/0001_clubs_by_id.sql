CREATE TABLE `__new_fixtures` (
	`id` integer PRIMARY KEY NOT NULL,
	`club` integer NOT NULL,
	`played_on` text NOT NULL,
	FOREIGN KEY (`club`) REFERENCES `clubs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_fixtures`("id", "club", "played_on") SELECT f."id", c."id", f."played_on" FROM `fixtures` f JOIN `clubs` c ON c."short" = f."club";--> statement-breakpoint
DROP TABLE `fixtures`;--> statement-breakpoint
ALTER TABLE `__new_fixtures` RENAME TO `fixtures`;
