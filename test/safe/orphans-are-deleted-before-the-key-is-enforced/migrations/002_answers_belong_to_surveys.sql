DELETE FROM answers WHERE survey_id NOT IN (SELECT id FROM surveys);
CREATE TABLE _alembic_tmp_answers (
	id INTEGER NOT NULL, 
	survey_id INTEGER NOT NULL, 
	choice TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(survey_id) REFERENCES surveys (id) ON DELETE CASCADE
);
INSERT INTO _alembic_tmp_answers (id, survey_id, choice) SELECT answers.id, answers.survey_id, answers.choice 
FROM answers;
DROP TABLE answers;
ALTER TABLE _alembic_tmp_answers RENAME TO answers;
