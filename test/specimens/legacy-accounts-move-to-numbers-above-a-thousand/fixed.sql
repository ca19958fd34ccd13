INSERT INTO accounts (name) SELECT name FROM legacy_accounts;
DROP TABLE legacy_accounts;
