INSERT INTO couriers VALUES (7,'dhl','DHL');
INSERT INTO parcels VALUES (1,7,2.5);
