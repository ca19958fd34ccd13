INSERT INTO articles (id, headline, body) VALUES (1, 'Locks open again', 'From Monday on …');
