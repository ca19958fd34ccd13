CREATE TABLE faces (
  id INTEGER PRIMARY KEY,
  wall INTEGER NOT NULL REFERENCES walls (id),
  made_by INTEGER NOT NULL REFERENCES painters (id),
  sealed_by INTEGER REFERENCES painters (id)
);
INSERT INTO faces (wall, made_by, sealed_by) SELECT id, painted_by, sealed_by FROM walls;
