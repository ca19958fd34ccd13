INSERT INTO mailboxes (id, host)
SELECT json_extract(box.value, '$.id'), json_extract(box.value, '$.host')
FROM settings, json_each(settings.value) AS box
WHERE settings.name = 'mail:boxes' AND json_type(box.value, '$.id') = 'text';
