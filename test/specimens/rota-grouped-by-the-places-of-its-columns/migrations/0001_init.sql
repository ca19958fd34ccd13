CREATE TABLE rota (id INTEGER PRIMARY KEY, team TEXT, day TEXT NOT NULL, person TEXT NOT NULL, UNIQUE (team, day, person));
