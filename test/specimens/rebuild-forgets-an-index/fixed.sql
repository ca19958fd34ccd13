CREATE TABLE visits_new (
    id INTEGER PRIMARY KEY,
    page TEXT NOT NULL,
    day TEXT NOT NULL
);

INSERT INTO visits_new (id, page, day)
SELECT id, page, day FROM visits;

DROP TABLE visits;

ALTER TABLE visits_new RENAME TO visits;

CREATE INDEX visits_by_page ON visits (page, day);
CREATE INDEX visits_by_day ON visits (day);
