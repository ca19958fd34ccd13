ALTER TABLE films ADD COLUMN minutes INTEGER;
UPDATE films SET minutes = instr(length, ':') - 1 WHERE length IS NOT NULL;
UPDATE films SET minutes = NULL WHERE minutes < 0;
ALTER TABLE films DROP COLUMN length;
