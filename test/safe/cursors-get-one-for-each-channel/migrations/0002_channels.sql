ALTER TABLE cursors RENAME TO cursors_old;
CREATE TABLE cursors (
  feed TEXT NOT NULL,
  kind INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (feed, kind, channel)
);
INSERT INTO cursors (feed, kind, channel, position) SELECT feed, kind, 1, position FROM cursors_old;
INSERT INTO cursors (feed, kind, channel, position) SELECT feed, kind, 2, position FROM cursors_old;
DROP TABLE cursors_old;
