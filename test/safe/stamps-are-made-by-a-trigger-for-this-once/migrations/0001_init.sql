CREATE TABLE parcels (
  id INTEGER PRIMARY KEY,
  weight_g INTEGER NOT NULL
);
CREATE TABLE stamps (
  parcel_id INTEGER NOT NULL,
  cents INTEGER NOT NULL
);
CREATE TRIGGER parcels_get_stamps AFTER INSERT ON parcels BEGIN
  INSERT INTO stamps (parcel_id, cents) VALUES (NEW.id, NEW.weight_g / 10);
END;
