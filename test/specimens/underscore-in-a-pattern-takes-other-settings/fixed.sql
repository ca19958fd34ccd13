DELETE FROM settings WHERE key LIKE 'ui\_%' ESCAPE '\';
