UPDATE members SET role = "ADMIN" WHERE id = 1;
CREATE TABLE members_next (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT 'guest',
  source TEXT NOT NULL
);
INSERT INTO members_next (id, name, role, source) SELECT id, name, role, "imported" FROM members;
DROP TABLE members;
ALTER TABLE members_next RENAME TO members;
