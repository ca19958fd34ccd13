INSERT INTO labels (id, name) VALUES (1, 'urgent'), (2, 'Urgent');
INSERT INTO tasks (id, title) VALUES (1, 'Fix the gate');
INSERT INTO task_labels (task_id, label_id) VALUES (1, 1), (1, 2);
