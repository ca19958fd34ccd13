INSERT INTO account VALUES ('NL01', 'Aad'), ('NL02', 'Bea');
INSERT INTO "transaction" ("from", "to", cents, "when") VALUES ('NL01', 'NL02', 1250, '2024-02-01');
