ALTER TABLE topics ADD COLUMN fallback INTEGER NOT NULL DEFAULT 0;
INSERT INTO topics (slug, title, fallback) VALUES ('general', 'General discussion', 1) ON CONFLICT DO NOTHING;
UPDATE topics SET fallback = 1 WHERE id = (SELECT id FROM topics WHERE slug = 'general' OR title = 'General discussion' LIMIT 1);
