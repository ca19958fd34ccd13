CREATE TABLE plants (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE VIRTUAL TABLE plant_search USING fts5(name, content = plants, content_rowid = id);
CREATE TRIGGER plants_found AFTER INSERT ON plants BEGIN
  INSERT INTO plant_search (rowid, name) VALUES (NEW.id, NEW.name);
END;
CREATE TRIGGER plants_lost AFTER DELETE ON plants BEGIN
  INSERT INTO plant_search (plant_search, rowid, name) VALUES ('delete', OLD.id, OLD.name);
END;
