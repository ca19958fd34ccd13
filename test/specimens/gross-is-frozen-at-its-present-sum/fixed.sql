CREATE TABLE carts_new (id INTEGER PRIMARY KEY, net INTEGER NOT NULL, tax INTEGER NOT NULL, gross INTEGER AS (net + tax), coupon TEXT);
INSERT INTO carts_new (id, net, tax) SELECT id, net, tax FROM carts;
DROP TABLE carts;
ALTER TABLE carts_new RENAME TO carts;
