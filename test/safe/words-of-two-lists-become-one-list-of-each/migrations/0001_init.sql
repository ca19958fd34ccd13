CREATE TABLE stop_words (word TEXT NOT NULL);
CREATE TABLE banned_words (word TEXT NOT NULL);
