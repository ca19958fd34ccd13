INSERT INTO buildings VALUES ('b1', '12 Quay');
INSERT INTO tenants (tenant_id, building_id, full_name, moved_in) VALUES ('t1', 'b1', 'Ana Ruiz', '2021-09-01');
