INSERT INTO users VALUES ('u1','a@x.test');
INSERT INTO workspaces VALUES ('w1','u1','Personal');
