-- nobody has been to these
DELETE FROM branches WHERE branch_id NOT IN (SELECT branch_id FROM visits);
