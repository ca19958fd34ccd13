CREATE TABLE passages (id INTEGER PRIMARY KEY, vessel TEXT NOT NULL, sailed_on TEXT NOT NULL, goods TEXT);
INSERT INTO passages (vessel, sailed_on, goods)
SELECT v.vessel, v.sailed_on, (SELECT min(c.goods) FROM cargoes c WHERE c.voyage_id = v.id) FROM voyages v;
DROP TABLE cargoes;
DROP TABLE voyages;
