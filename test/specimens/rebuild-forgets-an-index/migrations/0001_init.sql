CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    page TEXT NOT NULL,
    day TEXT NOT NULL,
    referrer TEXT
);

CREATE INDEX visits_by_day ON visits (day);
CREATE INDEX visits_by_page ON visits (page, day);
CREATE INDEX visits_by_referrer ON visits (referrer);
