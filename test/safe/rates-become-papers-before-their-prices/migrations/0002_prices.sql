INSERT INTO papers (id, name) SELECT code, code || ' rate' FROM rates;
INSERT INTO prices (paper, price) SELECT code, rate FROM rates;
DROP TABLE rates;
