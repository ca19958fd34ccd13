-- every parcel gets a second one
CREATE TRIGGER stamps_for_all AFTER UPDATE ON parcels BEGIN
  INSERT INTO stamps (parcel_id, cents) VALUES (NEW.id, NEW.weight_g / 10);
END;
UPDATE parcels SET id = id;
DROP TRIGGER stamps_for_all;
