ALTER TABLE plugins ADD COLUMN manifest TEXT;
UPDATE plugins SET manifest = json_object('name', name, 'meta', json(meta));
