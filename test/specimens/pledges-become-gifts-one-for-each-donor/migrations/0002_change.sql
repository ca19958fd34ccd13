CREATE TABLE gifts (id INTEGER PRIMARY KEY, donor TEXT NOT NULL, cents INTEGER NOT NULL, made_on TEXT NOT NULL);
INSERT INTO gifts (donor, cents, made_on) SELECT donor, cents, made_on FROM pledges GROUP BY donor;
DROP TABLE pledges;
