-- SQLite 3.53 needs no rebuild for this
ALTER TABLE `studios` ALTER COLUMN `phone` DROP NOT NULL;
