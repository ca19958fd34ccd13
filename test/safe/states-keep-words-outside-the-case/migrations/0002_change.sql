ALTER TABLE tickets ADD COLUMN state TEXT;
UPDATE tickets SET state = CASE status WHEN 'open' THEN 'new' WHEN 'waiting' THEN 'pending' WHEN 'closed' THEN 'done' ELSE status END;
DROP INDEX tickets_status;
ALTER TABLE tickets DROP COLUMN status;
CREATE INDEX tickets_state ON tickets(state);
