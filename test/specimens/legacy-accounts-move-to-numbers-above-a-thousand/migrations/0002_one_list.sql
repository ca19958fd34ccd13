INSERT INTO accounts (id, name) SELECT id + 1000, name FROM legacy_accounts;
DROP TABLE legacy_accounts;
