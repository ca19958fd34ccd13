ALTER TABLE `loans` ADD `courier` text;--> statement-breakpoint
CREATE INDEX `loans_lender_idx` ON `loans` (`lender_id`);
