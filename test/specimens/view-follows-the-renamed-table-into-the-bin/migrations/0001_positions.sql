CREATE TABLE departments (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE positions (
  id INTEGER PRIMARY KEY,
  department_id INTEGER NOT NULL REFERENCES departments (id),
  title TEXT NOT NULL,
  filled_by TEXT
);
CREATE VIEW open_positions AS SELECT id, department_id, title FROM positions WHERE filled_by IS NULL;
