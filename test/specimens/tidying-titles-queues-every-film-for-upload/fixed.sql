DROP TRIGGER films_go_up;
UPDATE films SET title = trim(title);
CREATE TRIGGER films_go_up AFTER UPDATE OF title ON films BEGIN
  INSERT INTO upload_queue (film_id) VALUES (NEW.id);
END;
