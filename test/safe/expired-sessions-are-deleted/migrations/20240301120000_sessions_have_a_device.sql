DELETE FROM sessions WHERE expires_at < datetime('now', '-30 days');
ALTER TABLE sessions ADD COLUMN device TEXT;
