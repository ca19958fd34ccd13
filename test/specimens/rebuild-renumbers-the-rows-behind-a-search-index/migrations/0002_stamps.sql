CREATE TABLE letters_next (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  stamp TEXT
);
INSERT INTO letters_next (id, body) SELECT id, body FROM letters ORDER BY rowid DESC;
DROP TABLE letters;
ALTER TABLE letters_next RENAME TO letters;
CREATE TRIGGER letters_found AFTER INSERT ON letters BEGIN
  INSERT INTO letter_search (rowid, body) VALUES (NEW.rowid, NEW.body);
END;
