CREATE TABLE sluices (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fall REAL
);

CREATE TABLE levels (
    id INTEGER PRIMARY KEY,
    sluice_id INTEGER NOT NULL REFERENCES sluices (id),
    upstream INTEGER NOT NULL,
    metres REAL
);

-- each level is kept for both sides of the sluice
CREATE TRIGGER levels_on_both_sides AFTER INSERT ON levels
WHEN NEW.upstream = 1
BEGIN
    INSERT INTO levels (sluice_id, upstream, metres) VALUES (NEW.sluice_id, 0, NEW.metres);
END;
