CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    rank TEXT NOT NULL CHECK (rank IN ('plain', 'fine')),
    changed_at TEXT
);

CREATE TRIGGER recipes_changed AFTER UPDATE OF title ON recipes
BEGIN
    UPDATE recipes SET changed_at = '2024-01-01' WHERE id = new.id;
END;
