ALTER TABLE `order lines` ADD `engraving` text;
--> statement-breakpoint
ALTER TABLE `order lines` ADD `gift note` text;
