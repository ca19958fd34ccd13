UPDATE gardens
SET badges = json_insert(badges, '$[#]', json('{"label":"open","shown":true}'))
WHERE NOT EXISTS (SELECT 1 FROM json_each(gardens.badges) WHERE lower(json_extract(value, '$.label')) = 'open');
