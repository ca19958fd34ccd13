PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_vouchers` (
	`id` text PRIMARY KEY NOT NULL,
	`shop_id` text NOT NULL,
	`code` text NOT NULL,
	`value_cents` integer DEFAULT 0 NOT NULL,
	`redeemed_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT `vouchers_code_unique` UNIQUE(`code`)
);
--> statement-breakpoint
INSERT INTO `__new_vouchers`("id", "shop_id", "code", "value_cents", "redeemed_at") SELECT "id", "shop_id", "code", "value_cents", "redeemed_at" FROM `vouchers`;--> statement-breakpoint
DROP TABLE `vouchers`;--> statement-breakpoint
ALTER TABLE `__new_vouchers` RENAME TO `vouchers`;--> statement-breakpoint
PRAGMA foreign_keys=ON;
