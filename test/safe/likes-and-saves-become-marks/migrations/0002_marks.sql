CREATE TABLE marks (
  user_id INTEGER NOT NULL REFERENCES users (id),
  item_id INTEGER NOT NULL REFERENCES items (id),
  PRIMARY KEY (user_id, item_id)
);
INSERT INTO marks (user_id, item_id) SELECT user_id, item_id FROM likes;
INSERT INTO marks (user_id, item_id) SELECT user_id, item_id FROM saves;
DROP TABLE likes;
DROP TABLE saves;
