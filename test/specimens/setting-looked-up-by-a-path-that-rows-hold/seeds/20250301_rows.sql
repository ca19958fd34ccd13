INSERT INTO dashboards VALUES ('home', '{"clock": {"x": 1}}', '$.clock'), ('stock', '{"list": {"x": 4}}', 'list');
