ALTER TABLE orders ADD COLUMN total INTEGER
  GENERATED ALWAYS AS (CASE WHEN json_valid(data) THEN json_extract(data, '$.total') END) VIRTUAL;
