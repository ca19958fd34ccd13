CREATE INDEX `vessels_home` ON `vessels` (`homePort`);
CREATE INDEX `vessels_alike` ON `vessels` (upper(replace(`callSign`, ' ', '')));
UPDATE `vessels` SET `callSign` = NULL
WHERE EXISTS (
  SELECT 1 FROM `vessels` AS `other`
  WHERE upper(replace(`other`.`callSign`, ' ', '')) = upper(replace(`vessels`.`callSign`, ' ', ''))
    AND `other`.`imo` < `vessels`.`imo`
);
DROP INDEX `vessels_alike`;
CREATE UNIQUE INDEX `vessels_call_sign` ON `vessels` (upper(replace(`callSign`, ' ', '')));
