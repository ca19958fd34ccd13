CREATE TABLE _alembic_tmp_tank (
	id INTEGER NOT NULL, 
	brewery_id INTEGER NOT NULL, 
	label VARCHAR(60) NOT NULL, 
	litres INTEGER NOT NULL, 
	filled INTEGER DEFAULT '0' NOT NULL, 
	cleaned_on DATE, 
	PRIMARY KEY (id), 
	FOREIGN KEY(brewery_id) REFERENCES brewery (id)
);
INSERT INTO _alembic_tmp_tank (id, brewery_id, label, litres, filled, cleaned_on) SELECT tank.id, tank.brewery_id, tank.label, tank.litres, tank.filled, tank.cleaned_on 
FROM tank;
DROP TABLE tank;
ALTER TABLE _alembic_tmp_tank RENAME TO tank;
