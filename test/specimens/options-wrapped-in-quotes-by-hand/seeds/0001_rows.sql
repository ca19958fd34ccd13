INSERT INTO kilns (id, options) VALUES (1, '{"cone":6,"slow":true}');
