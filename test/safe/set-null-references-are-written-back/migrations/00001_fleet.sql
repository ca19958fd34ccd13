CREATE TABLE garages (id INTEGER PRIMARY KEY, street TEXT NOT NULL);
CREATE TABLE vans (
    id         INTEGER PRIMARY KEY,
    plate      TEXT NOT NULL,
    garage_id  INTEGER REFERENCES garages (id) ON DELETE SET NULL
);
