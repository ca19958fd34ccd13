ALTER TABLE recipes RENAME TO recipes_old;

CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    rank TEXT NOT NULL CHECK (rank IN ('plain', 'fine', 'grand')),
    changed_at TEXT
);

INSERT INTO recipes (id, title, rank, changed_at)
SELECT id, title, rank, changed_at FROM recipes_old;

DROP TABLE recipes_old;

CREATE TRIGGER recipes_changed AFTER UPDATE OF title ON recipes
BEGIN
    UPDATE recipes SET changed_at = '2024-01-01' WHERE id = new.id;
END;
