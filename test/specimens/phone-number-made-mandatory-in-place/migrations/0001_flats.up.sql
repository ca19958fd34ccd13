CREATE TABLE buildings (
	building_id TEXT PRIMARY KEY NOT NULL,
	address TEXT NOT NULL
);
CREATE TABLE tenants (
	tenant_id TEXT PRIMARY KEY NOT NULL,
	building_id TEXT NOT NULL,
	full_name TEXT NOT NULL,
	phone TEXT,
	moved_in TEXT NOT NULL,
	FOREIGN KEY (building_id) REFERENCES buildings (building_id) ON DELETE RESTRICT
);
