DELETE FROM settings WHERE key NOT IN ('theme', 'language', 'volume');
