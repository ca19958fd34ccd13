CREATE TABLE budgets (id INTEGER PRIMARY KEY, dept TEXT NOT NULL, starts_on TEXT NOT NULL, cents INTEGER NOT NULL, UNIQUE (dept, starts_on));
