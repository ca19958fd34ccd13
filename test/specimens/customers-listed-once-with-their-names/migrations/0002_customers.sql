CREATE TABLE customers (no INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO customers (no, name) SELECT DISTINCT customer_no, customer_name FROM sales;
ALTER TABLE sales DROP COLUMN customer_name;
