CREATE TABLE preferences (scope TEXT, name TEXT, value TEXT NOT NULL DEFAULT '', PRIMARY KEY (scope, name));
