ALTER TABLE letters ADD COLUMN language TEXT AS (CASE WHEN json_valid(extra) THEN json_extract(extra, '$.lang') END) VIRTUAL;
