CREATE TABLE short_links_new (
    id TEXT NOT NULL PRIMARY KEY,
    target TEXT,
    state TEXT NOT NULL DEFAULT 'active'
);

INSERT INTO short_links_new (id, target, state)
SELECT id, target, CASE is_active WHEN 1 THEN 'active' ELSE 'paused' END FROM short_links;

DROP TABLE short_links;

ALTER TABLE short_links_new RENAME TO short_links;
