CREATE TABLE t_pegel (
  pegel_id INTEGER PRIMARY KEY,
  gewaesser TEXT NOT NULL
);
CREATE TABLE t_messung (
  messung_id INTEGER PRIMARY KEY AUTOINCREMENT,
  pegel_id INTEGER NOT NULL,
  stand_cm INTEGER,
  gemessen_um TEXT NOT NULL,
  CONSTRAINT fk_messung_pegel FOREIGN KEY (pegel_id) REFERENCES t_pegel (pegel_id) ON DELETE CASCADE
);
