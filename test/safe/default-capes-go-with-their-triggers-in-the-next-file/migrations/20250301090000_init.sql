CREATE TABLE players (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE usual_capes (player_id INTEGER PRIMARY KEY, cape TEXT NOT NULL);
CREATE TRIGGER capes_follow AFTER UPDATE OF id ON players BEGIN
  UPDATE usual_capes SET player_id = NEW.id WHERE player_id = OLD.id;
END;
