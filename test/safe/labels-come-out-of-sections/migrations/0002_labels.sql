CREATE TABLE labels (page_id INTEGER NOT NULL REFERENCES pages (id), name TEXT NOT NULL);
INSERT INTO labels (page_id, name)
SELECT pages.id, json_extract(l.value, '$.name')
FROM pages, json_each(pages.body, '$.sections') AS s, json_each(s.value, '$.labels') AS l;
CREATE TABLE dishes (menu_id INTEGER NOT NULL REFERENCES menus (id), title TEXT NOT NULL);
INSERT INTO dishes (menu_id, title)
SELECT m.id, d.value ->> '$.title'
FROM menus m JOIN json_each(m.entries) c JOIN json_each(json_extract(c.value, '$.dishes')) d;
