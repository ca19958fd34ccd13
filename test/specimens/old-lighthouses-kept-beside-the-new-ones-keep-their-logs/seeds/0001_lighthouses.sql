INSERT INTO lighthouses (id, name, lit_since) VALUES (1, 'Cape Grey', '1871-09-01');
INSERT INTO log_entries (id, lighthouse_id, written_on, entry) VALUES (1, 1, '2024-02-03', 'Fog all day.');
