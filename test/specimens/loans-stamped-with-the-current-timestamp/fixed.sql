CREATE TABLE `condition_reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`loan_id` integer NOT NULL,
	`remarks` text NOT NULL,
	FOREIGN KEY (`loan_id`) REFERENCES `loans`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `loans` ADD `updated_at` text;--> statement-breakpoint
UPDATE `loans` SET `updated_at` = CURRENT_TIMESTAMP;--> statement-breakpoint
CREATE INDEX `condition_reports_loan_idx` ON `condition_reports` (`loan_id`);
