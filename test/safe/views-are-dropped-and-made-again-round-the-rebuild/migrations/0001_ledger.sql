CREATE TABLE books (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE entries (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES books (id), cents INTEGER NOT NULL);
CREATE VIEW balances AS SELECT book_id, sum(cents) AS cents FROM entries GROUP BY book_id;
