UPDATE jars SET labels = json_insert(coalesce(labels, '[]'), '$[#]', label);
ALTER TABLE jars DROP COLUMN label;
