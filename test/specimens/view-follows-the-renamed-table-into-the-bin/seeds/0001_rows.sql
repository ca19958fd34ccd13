INSERT INTO departments (id, name) VALUES (1, 'Conservation');
INSERT INTO positions (id, department_id, title, filled_by) VALUES (1, 1, 'Paper conservator', NULL);
