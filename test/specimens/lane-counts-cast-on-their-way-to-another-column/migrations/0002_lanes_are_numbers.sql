ALTER TABLE pools ADD COLUMN lane_count INTEGER;
UPDATE pools SET lane_count = CAST(lanes AS INTEGER);
ALTER TABLE pools DROP COLUMN lanes;
ALTER TABLE pools RENAME COLUMN lane_count TO lanes;
