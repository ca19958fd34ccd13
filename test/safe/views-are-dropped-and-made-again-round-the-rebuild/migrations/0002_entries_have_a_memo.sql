DROP VIEW balances;
CREATE TABLE new__entries (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES books (id), cents INTEGER NOT NULL, memo TEXT NOT NULL DEFAULT '');
INSERT INTO new__entries (id, book_id, cents) SELECT id, book_id, cents FROM entries;
DROP TABLE entries;
ALTER TABLE new__entries RENAME TO entries;
CREATE VIEW balances AS SELECT book_id, sum(cents) AS cents, count(*) AS entries FROM entries GROUP BY book_id;
