ALTER TABLE vessels ADD COLUMN last_port TEXT;
UPDATE vessels SET last_port = p.port FROM positions p WHERE p.vessel_id = vessels.id;
