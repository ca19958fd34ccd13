CREATE TABLE voyages (id INTEGER PRIMARY KEY, vessel TEXT NOT NULL, sailed_on TEXT NOT NULL);
CREATE TABLE cargoes (
  id INTEGER PRIMARY KEY,
  voyage_id INTEGER NOT NULL REFERENCES voyages (id),
  goods TEXT NOT NULL,
  tonnes INTEGER NOT NULL
);
CREATE INDEX cargoes_voyage ON cargoes (voyage_id);
