ALTER TABLE dashboards RENAME TO boards;
ALTER TABLE boards ADD COLUMN focused TEXT AS (json_extract(layout, focus)) VIRTUAL;
