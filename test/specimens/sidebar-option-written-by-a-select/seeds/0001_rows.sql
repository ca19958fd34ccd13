INSERT INTO options VALUES ('sidebar', 0, 'by hand');
