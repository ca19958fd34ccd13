INSERT INTO letters (id, body) VALUES ('b2', 'The ferry is late'), ('a1', 'Send more rope');
