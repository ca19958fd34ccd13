DROP VIEW parts_on_shelf;

CREATE VIEW parts_on_shelf AS
SELECT id, label, on_shelf FROM parts WHERE on_shelf > 0;
