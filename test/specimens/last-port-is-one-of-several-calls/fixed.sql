CREATE INDEX positions_by_vessel ON positions (vessel_id, seen_at, id);
ALTER TABLE vessels ADD COLUMN last_port TEXT;
UPDATE vessels SET last_port = (SELECT p.port FROM positions p WHERE p.vessel_id = vessels.id ORDER BY p.seen_at DESC, p.id DESC LIMIT 1);
