INSERT INTO gardens VALUES ('g1', 'Herbs', '[]'), ('g2', 'Roses', '[{"label":"Open","shown":false}]');
