ALTER TABLE rehearsal_visits ADD COLUMN instrument TEXT;
-- the first one that the player was known to have
UPDATE rehearsal_visits SET instrument = (
  SELECT kind FROM instruments WHERE player_id = rehearsal_visits.player_id ORDER BY id LIMIT 1
);
