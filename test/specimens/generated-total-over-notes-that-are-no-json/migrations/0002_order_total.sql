ALTER TABLE orders ADD COLUMN total INTEGER GENERATED ALWAYS AS (json_extract(data, '$.total')) VIRTUAL;
