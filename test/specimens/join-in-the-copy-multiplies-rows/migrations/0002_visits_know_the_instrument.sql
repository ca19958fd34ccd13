CREATE TABLE rehearsal_visits_new (
  player_id INTEGER NOT NULL REFERENCES players (id),
  held_on TEXT NOT NULL,
  minutes INTEGER,
  instrument TEXT
);
INSERT INTO rehearsal_visits_new
SELECT v.player_id, v.held_on, v.minutes, i.kind
FROM rehearsal_visits AS v
LEFT JOIN instruments AS i ON i.player_id = v.player_id;
DROP TABLE rehearsal_visits;
ALTER TABLE rehearsal_visits_new RENAME TO rehearsal_visits;
