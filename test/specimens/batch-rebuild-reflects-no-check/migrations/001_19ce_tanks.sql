CREATE TABLE brewery (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	PRIMARY KEY (id)
);

CREATE TABLE tank (
	id INTEGER NOT NULL, 
	brewery_id INTEGER NOT NULL, 
	label VARCHAR(20) NOT NULL, 
	litres INTEGER NOT NULL, 
	filled INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(brewery_id) REFERENCES brewery (id), 
	CHECK (filled BETWEEN 0 AND litres)
);
