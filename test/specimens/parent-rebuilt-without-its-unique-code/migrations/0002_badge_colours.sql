CREATE TABLE badges_new (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    holder TEXT,
    colour TEXT
);

INSERT INTO badges_new (id, code, holder)
SELECT id, code, holder FROM badges;

DROP TABLE badges;

ALTER TABLE badges_new RENAME TO badges;
