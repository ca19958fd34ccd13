CREATE TABLE passages (id INTEGER PRIMARY KEY, vessel TEXT NOT NULL, sailed_on TEXT NOT NULL, goods TEXT);
INSERT INTO passages (vessel, sailed_on, goods)
SELECT v.vessel, v.sailed_on, c.goods FROM voyages v LEFT JOIN cargoes c ON c.voyage_id = v.id;
DROP TABLE cargoes;
DROP TABLE voyages;
