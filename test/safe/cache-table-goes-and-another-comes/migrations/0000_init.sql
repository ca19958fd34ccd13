CREATE TABLE `accounts` (`id` text PRIMARY KEY NOT NULL, `email` text NOT NULL);
--> statement-breakpoint
CREATE TABLE `avatar_cache` (`account_id` text PRIMARY KEY NOT NULL, `png` blob NOT NULL);
