CREATE TABLE zones (code TEXT PRIMARY KEY, fee_cents INTEGER NOT NULL);
CREATE TABLE permits (
    plate      TEXT NOT NULL,
    zone_code  TEXT NOT NULL REFERENCES zones (code),
    holder     TEXT NOT NULL
);
