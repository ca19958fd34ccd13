UPDATE jars SET labels = json_insert(labels, '$[#]', label);
ALTER TABLE jars DROP COLUMN label;
