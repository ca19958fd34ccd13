ALTER TABLE plans ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
UPDATE plans SET steps = (SELECT json_group_array(s.spec) FROM steps s WHERE s.plan_id = plans.id);
DROP TABLE steps;
