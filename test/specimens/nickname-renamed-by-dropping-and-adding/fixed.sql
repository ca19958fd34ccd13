ALTER TABLE members RENAME COLUMN nickname TO display_name;
