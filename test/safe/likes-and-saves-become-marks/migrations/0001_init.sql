CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE items (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE likes (
  user_id INTEGER NOT NULL REFERENCES users (id),
  item_id INTEGER NOT NULL REFERENCES items (id),
  PRIMARY KEY (user_id, item_id)
);
CREATE TABLE saves (
  user_id INTEGER NOT NULL REFERENCES users (id),
  item_id INTEGER NOT NULL REFERENCES items (id),
  PRIMARY KEY (user_id, item_id)
);
