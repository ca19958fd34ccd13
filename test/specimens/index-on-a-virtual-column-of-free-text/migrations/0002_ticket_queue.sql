ALTER TABLE tickets ADD COLUMN queue TEXT AS (json_extract(meta, '$.queue')) VIRTUAL;
CREATE INDEX tickets_by_queue ON tickets (queue);
