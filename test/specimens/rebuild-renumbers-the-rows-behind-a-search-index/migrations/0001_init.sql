CREATE TABLE letters (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL
);
CREATE VIRTUAL TABLE letter_search USING fts5(body, content = 'letters');
CREATE TRIGGER letters_found AFTER INSERT ON letters BEGIN
  INSERT INTO letter_search (rowid, body) VALUES (NEW.rowid, NEW.body);
END;
