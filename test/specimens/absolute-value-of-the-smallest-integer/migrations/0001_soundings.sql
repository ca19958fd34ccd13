CREATE TABLE surveys (id INTEGER PRIMARY KEY, ship TEXT NOT NULL);
CREATE TABLE soundings (
  survey_id INTEGER NOT NULL REFERENCES surveys (id),
  position TEXT NOT NULL,
  depth_mm INTEGER NOT NULL,
  PRIMARY KEY (survey_id, position)
) WITHOUT ROWID;
