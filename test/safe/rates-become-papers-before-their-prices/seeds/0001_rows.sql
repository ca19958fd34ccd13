INSERT INTO papers VALUES ('ACME', 'Acme'), ('QUAY', 'Quay');
INSERT INTO rates VALUES ('EURUSD', 1.1), ('EURCHF', 0.95);
INSERT INTO prices VALUES (1, 'ACME', 12.5);
