CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE settings (
  user_id INTEGER NOT NULL,
  theme TEXT NOT NULL DEFAULT 'light'
);
CREATE TRIGGER users_get_settings AFTER INSERT ON users BEGIN
  INSERT INTO settings (user_id) VALUES (NEW.id);
END;
