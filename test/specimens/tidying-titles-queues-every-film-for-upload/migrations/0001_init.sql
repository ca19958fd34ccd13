CREATE TABLE films (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
);
CREATE TABLE upload_queue (
  film_id INTEGER NOT NULL,
  queued_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TRIGGER films_go_up AFTER UPDATE OF title ON films BEGIN
  INSERT INTO upload_queue (film_id) VALUES (NEW.id);
END;
