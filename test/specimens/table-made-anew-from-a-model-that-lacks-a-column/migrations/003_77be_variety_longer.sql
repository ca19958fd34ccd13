CREATE TABLE _alembic_tmp_orchard_tree (
	id INTEGER NOT NULL, 
	orchard_id INTEGER NOT NULL, 
	variety VARCHAR(120) NOT NULL, 
	planted_on DATE, 
	rootstock VARCHAR(30), 
	grafts INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_orchard_tree PRIMARY KEY (id), 
	CONSTRAINT fk_orchard_tree_orchard_id_orchard FOREIGN KEY(orchard_id) REFERENCES orchard (id)
);
INSERT INTO _alembic_tmp_orchard_tree (id, orchard_id, variety, planted_on) SELECT orchard_tree.id, orchard_tree.orchard_id, orchard_tree.variety, orchard_tree.planted_on 
FROM orchard_tree;
DROP TABLE orchard_tree;
ALTER TABLE _alembic_tmp_orchard_tree RENAME TO orchard_tree;
