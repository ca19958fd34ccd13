-- What 0002 could not declare as NOT NULL and the service promises instead.
SELECT id FROM pipelines WHERE publisher_id IS NULL;
