DELETE FROM sessions WHERE expires_at < unixepoch('2020-01-01');
