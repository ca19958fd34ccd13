CREATE TABLE meters (
    serial TEXT NOT NULL PRIMARY KEY,
    street TEXT NOT NULL
);
CREATE TABLE readings (
    reading_id INTEGER NOT NULL PRIMARY KEY,
    serial TEXT NOT NULL REFERENCES meters (serial),
    litres INTEGER NOT NULL,
    read_on TEXT NOT NULL
);
