INSERT INTO contacts (person_id, kind, value) SELECT id, 'phone', phone FROM people WHERE phone IS NOT NULL;
INSERT INTO contacts (person_id, kind, value) SELECT id, 'fax', fax FROM people WHERE fax IS NOT NULL;
ALTER TABLE people DROP COLUMN phone;
ALTER TABLE people DROP COLUMN fax;
