CREATE INDEX `vessels_home` ON `vessels` (`homePort`);
CREATE UNIQUE INDEX `vessels_call_sign` ON `vessels` (upper(replace(`callSign`, ' ', '')));
