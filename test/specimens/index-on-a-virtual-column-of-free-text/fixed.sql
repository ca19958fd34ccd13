ALTER TABLE tickets ADD COLUMN queue TEXT AS (CASE WHEN json_valid(meta) THEN json_extract(meta, '$.queue') END) VIRTUAL;
CREATE INDEX tickets_by_queue ON tickets (queue);
