INSERT INTO probes (probe_id, depth_m, operator) VALUES ('p1', 2.5, 'Noor');
INSERT INTO samples VALUES ('p1', '2021-06-01T10:00Z', '{"t": 11.5}'), ('p1', '2021-06-01T10:05Z', '{"t": 11');
