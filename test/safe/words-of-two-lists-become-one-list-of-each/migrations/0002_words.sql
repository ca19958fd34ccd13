CREATE TABLE words (word TEXT PRIMARY KEY);
INSERT INTO words (word) SELECT word FROM stop_words UNION SELECT word FROM banned_words;
DROP TABLE stop_words;
DROP TABLE banned_words;
