ALTER TABLE `profiles` ADD `theme` text DEFAULT 'light' NOT NULL;
