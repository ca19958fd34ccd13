UPDATE jars SET labels = json_insert(CASE WHEN json_valid(labels) THEN labels ELSE '[]' END, '$[#]', label);
ALTER TABLE jars DROP COLUMN label;
