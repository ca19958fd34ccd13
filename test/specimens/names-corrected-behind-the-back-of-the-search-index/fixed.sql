UPDATE plants SET name = name || ' officinalis';
INSERT INTO plant_search (plant_search) VALUES ('rebuild');
