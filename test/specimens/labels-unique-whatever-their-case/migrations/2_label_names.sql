CREATE INDEX board_label_by_label ON board_label (label);
CREATE UNIQUE INDEX label_name_nocase ON label (Name COLLATE NOCASE);
