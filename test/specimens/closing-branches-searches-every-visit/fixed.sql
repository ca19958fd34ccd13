CREATE INDEX visits_by_branch ON visits (branch_id);
-- nobody has been to these
DELETE FROM branches WHERE branch_id NOT IN (SELECT branch_id FROM visits);
