CREATE TABLE orchard (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	CONSTRAINT pk_orchard PRIMARY KEY (id)
);

CREATE TABLE orchard_tree (
	id INTEGER NOT NULL, 
	orchard_id INTEGER NOT NULL, 
	variety VARCHAR(60) NOT NULL, 
	planted_on DATE, 
	CONSTRAINT pk_orchard_tree PRIMARY KEY (id), 
	CONSTRAINT fk_orchard_tree_orchard_id_orchard FOREIGN KEY(orchard_id) REFERENCES orchard (id)
);
