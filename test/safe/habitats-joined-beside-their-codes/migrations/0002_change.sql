CREATE TABLE species_new (id INTEGER PRIMARY KEY, latin TEXT NOT NULL, habitat_id INTEGER REFERENCES habitats(id), habitat_code TEXT);
INSERT INTO species_new (id, latin, habitat_id, habitat_code) SELECT s.id, s.latin, h.id, s.habitat_code FROM species s LEFT JOIN habitats h ON h.code = s.habitat_code;
DROP TABLE species;
ALTER TABLE species_new RENAME TO species;
