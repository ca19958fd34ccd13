CREATE TEMPORARY TABLE `kept lines` AS SELECT * FROM `order lines`;
--> statement-breakpoint
DROP TABLE `order lines`;
--> statement-breakpoint
CREATE TABLE `order lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`order` integer NOT NULL,
	`article` text NOT NULL,
	`quantity` integer DEFAULT 1 NOT NULL,
	`gift note` text,
	`engraving` text,
	FOREIGN KEY (`order`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `order lines` (`id`, `order`, `article`, `quantity`, `engraving`, `gift note`) SELECT `id`, `order`, `article`, `quantity`, `engraving`, `gift note` FROM `kept lines`;
--> statement-breakpoint
DROP TABLE `kept lines`;
