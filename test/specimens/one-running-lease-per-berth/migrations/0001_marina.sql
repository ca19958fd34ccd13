CREATE TABLE berths (
    berth_no INTEGER NOT NULL PRIMARY KEY,
    pier TEXT NOT NULL,
    max_length_cm INTEGER NOT NULL CHECK (max_length_cm > 0)
);
CREATE TABLE leases (
    lease_no INTEGER NOT NULL PRIMARY KEY,
    berth_no INTEGER NOT NULL REFERENCES berths ON DELETE RESTRICT,
    skipper TEXT NOT NULL,
    begins_on TEXT NOT NULL,
    ended_on TEXT
);
