UPDATE `pickups` SET `state` = 'draft' WHERE `slot_id` IS NULL;--> statement-breakpoint
CREATE INDEX `pickups_state_idx` ON `pickups` (`state`);--> statement-breakpoint
ALTER TABLE `pickups` ADD CONSTRAINT `pickups_slot_check` CHECK (`state` = 'draft' OR `slot_id` IS NOT NULL);
