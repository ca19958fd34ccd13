ALTER TABLE exhibits ADD COLUMN slug TEXT;
UPDATE exhibits SET slug = lower(replace(title, ' ', '-'));
CREATE UNIQUE INDEX exhibits_slug ON exhibits (slug);
