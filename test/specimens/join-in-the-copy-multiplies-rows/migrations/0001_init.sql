CREATE TABLE players (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE instruments (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players (id),
  kind TEXT NOT NULL
);

CREATE TABLE rehearsal_visits (
  player_id INTEGER NOT NULL REFERENCES players (id),
  held_on TEXT NOT NULL,
  minutes INTEGER
);
