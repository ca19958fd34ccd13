ALTER TABLE dashboards RENAME TO boards;
ALTER TABLE boards ADD COLUMN focused TEXT AS (CASE WHEN focus GLOB '$.[a-z]*' AND focus NOT GLOB '*[^$.a-z]*' THEN json_extract(layout, focus) END) VIRTUAL;
