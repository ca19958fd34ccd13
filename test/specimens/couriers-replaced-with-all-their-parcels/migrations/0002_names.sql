INSERT OR REPLACE INTO couriers (code, name) VALUES ('dhl', 'DHL Express'), ('ups', 'UPS');
