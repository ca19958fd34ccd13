CREATE TABLE preferences AS SELECT * FROM sailors;
ALTER TABLE sailors DROP COLUMN theme;
