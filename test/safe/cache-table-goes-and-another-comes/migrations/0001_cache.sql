DROP TABLE `avatar_cache`;--> statement-breakpoint
CREATE TABLE `image_cache` (`key` text PRIMARY KEY NOT NULL, `body` blob NOT NULL, `stored_at` integer NOT NULL);
