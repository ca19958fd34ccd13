PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TEMPORARY TABLE `__kept_photo_tags` AS SELECT `photo_id`, `tag`, `added by` FROM `photo_tags`;--> statement-breakpoint
CREATE TABLE `__new_photos` (
	`id` text PRIMARY KEY NOT NULL,
	`caption` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_photos`("id", "caption") SELECT "id", coalesce("caption", '') FROM `photos`;--> statement-breakpoint
DROP TABLE `photos`;--> statement-breakpoint
ALTER TABLE `__new_photos` RENAME TO `photos`;--> statement-breakpoint
INSERT OR IGNORE INTO `photo_tags` SELECT * FROM `__kept_photo_tags`;--> statement-breakpoint
DROP TABLE `__kept_photo_tags`;--> statement-breakpoint
PRAGMA foreign_keys=ON;
