ALTER TABLE pools ADD COLUMN lane_count INTEGER;
UPDATE pools SET lane_count = CASE WHEN lanes GLOB '[0-9]*' THEN CAST(lanes AS INTEGER) WHEN lanes = 'four' THEN 4 END;
ALTER TABLE pools DROP COLUMN lanes;
ALTER TABLE pools RENAME COLUMN lane_count TO lanes;
