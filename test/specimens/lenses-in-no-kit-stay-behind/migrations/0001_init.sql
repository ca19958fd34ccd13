CREATE TABLE kits (id INTEGER PRIMARY KEY, label TEXT NOT NULL);
CREATE TABLE lenses (id INTEGER PRIMARY KEY, mount TEXT NOT NULL, focal_length INTEGER NOT NULL);
CREATE TABLE kit_lenses (
  kit_id INTEGER NOT NULL REFERENCES kits (id),
  lens_id INTEGER NOT NULL REFERENCES lenses (id),
  PRIMARY KEY (kit_id, lens_id)
);
