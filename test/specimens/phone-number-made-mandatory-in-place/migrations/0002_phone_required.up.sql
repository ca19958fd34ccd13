CREATE INDEX tenants_by_phone ON tenants (phone);
ALTER TABLE tenants ALTER COLUMN phone SET NOT NULL;
