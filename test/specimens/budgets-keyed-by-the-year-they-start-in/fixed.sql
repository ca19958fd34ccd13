ALTER TABLE budgets ADD COLUMN year INTEGER;
UPDATE budgets SET year = CAST(substr(starts_on, 1, 4) AS INTEGER);
CREATE INDEX budgets_dept_year ON budgets (dept, year);
