CREATE TABLE parts (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    on_shelf INTEGER NOT NULL DEFAULT 0
);

CREATE VIEW parts_on_shelf AS
SELECT id, label FROM parts WHERE on_shelf > 0;

CREATE VIEW parts_listed AS
SELECT * FROM parts_on_shelf
UNION
SELECT id, label FROM parts WHERE on_shelf = 0;
