ALTER TABLE topics ADD COLUMN fallback INTEGER NOT NULL DEFAULT 0;
INSERT INTO topics (slug, title, fallback) VALUES ('general', 'General discussion', 1)
  ON CONFLICT (slug) DO UPDATE SET fallback = 1;
