ALTER TABLE positions RENAME TO _positions_old;
CREATE TABLE positions (
  id INTEGER PRIMARY KEY,
  department_id INTEGER NOT NULL REFERENCES departments (id),
  title TEXT NOT NULL,
  filled_by TEXT,
  grade INTEGER CHECK (grade BETWEEN 1 AND 15)
);
INSERT INTO positions (id, department_id, title, filled_by) SELECT id, department_id, title, filled_by FROM _positions_old;
DROP TABLE _positions_old;
