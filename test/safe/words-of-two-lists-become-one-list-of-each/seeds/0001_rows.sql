INSERT INTO stop_words (word) VALUES ('and'), ('or');
INSERT INTO banned_words (word) VALUES ('or'), ('spam');
