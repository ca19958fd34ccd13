INSERT INTO Label (id, name) VALUES (1, 'Urgent'), (2, 'urgent');
