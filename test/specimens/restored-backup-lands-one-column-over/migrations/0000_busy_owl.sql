CREATE TABLE `orders` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`customer` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `order lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`order` integer NOT NULL,
	`article` text NOT NULL,
	`quantity` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`order`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
