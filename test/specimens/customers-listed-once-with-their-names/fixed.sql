CREATE TABLE customers (id INTEGER PRIMARY KEY, no INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (no, name));
INSERT INTO customers (no, name) SELECT DISTINCT customer_no, customer_name FROM sales;
ALTER TABLE sales DROP COLUMN customer_name;
