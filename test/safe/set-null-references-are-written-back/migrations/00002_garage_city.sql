CREATE TEMP TABLE parked AS SELECT id, garage_id FROM vans WHERE garage_id IS NOT NULL;
CREATE TABLE garages_next (id INTEGER PRIMARY KEY, street TEXT NOT NULL, city TEXT NOT NULL DEFAULT 'Porto');
INSERT INTO garages_next (id, street) SELECT id, street FROM garages;
DROP TABLE garages;
ALTER TABLE garages_next RENAME TO garages;
UPDATE vans SET garage_id = (SELECT garage_id FROM parked WHERE parked.id = vans.id) WHERE id IN (SELECT id FROM parked);
DROP TABLE parked;
