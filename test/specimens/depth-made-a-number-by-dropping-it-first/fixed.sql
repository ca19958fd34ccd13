ALTER TABLE soundings RENAME COLUMN depth TO depth_before;
ALTER TABLE soundings ADD COLUMN depth REAL;
UPDATE soundings SET depth = depth_before;
ALTER TABLE soundings DROP COLUMN depth_before;
