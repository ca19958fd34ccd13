CREATE INDEX board_label_by_label ON board_label (label);
CREATE INDEX label_alike ON label (name COLLATE NOCASE);
UPDATE label SET name = name || ' #' || id
WHERE EXISTS (SELECT 1 FROM label AS other WHERE other.name = label.name COLLATE NOCASE AND other.id < label.id);
DROP INDEX label_alike;
CREATE UNIQUE INDEX label_name_nocase ON label (Name COLLATE NOCASE);
