ALTER TABLE tickets ADD COLUMN state INTEGER;
UPDATE tickets SET state = CASE status WHEN 'open' THEN 0 WHEN 'waiting' THEN 1 WHEN 'closed' THEN 2 END;
DROP INDEX tickets_status;
ALTER TABLE tickets DROP COLUMN status;
CREATE INDEX tickets_state ON tickets(state);
