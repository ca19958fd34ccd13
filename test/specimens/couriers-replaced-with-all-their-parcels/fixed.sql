INSERT INTO couriers (code, name) VALUES ('dhl', 'DHL Express'), ('ups', 'UPS') ON CONFLICT (code) DO UPDATE SET name = excluded.name;
