DROP VIEW parts_on_shelf;

CREATE VIEW parts_on_shelf AS
SELECT id, label, on_shelf FROM parts WHERE on_shelf > 0;

DROP VIEW parts_listed;

CREATE VIEW parts_listed AS
SELECT * FROM parts_on_shelf
UNION
SELECT id, label, on_shelf FROM parts WHERE on_shelf = 0;
