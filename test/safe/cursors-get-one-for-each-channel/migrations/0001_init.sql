CREATE TABLE cursors (
  feed TEXT NOT NULL,
  kind INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (feed, kind)
);
