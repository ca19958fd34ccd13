CREATE TABLE equipment (id INTEGER PRIMARY KEY, kit_id INTEGER, mount TEXT NOT NULL, focal_length INTEGER NOT NULL);
INSERT INTO equipment (kit_id, mount, focal_length)
SELECT k.kit_id, l.mount, l.focal_length FROM lenses l LEFT JOIN kit_lenses k ON k.lens_id = l.id;
DROP TABLE kit_lenses;
DROP TABLE lenses;
