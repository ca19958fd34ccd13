INSERT INTO surveys (id, title) VALUES (1, 'Lunch');
INSERT INTO answers (id, survey_id, choice) VALUES (1, 1, 'soup'), (2, 9, 'salad');
