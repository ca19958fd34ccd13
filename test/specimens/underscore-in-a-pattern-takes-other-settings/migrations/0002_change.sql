DELETE FROM settings WHERE key LIKE 'ui_%';
