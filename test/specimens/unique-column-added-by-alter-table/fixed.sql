ALTER TABLE couriers ADD COLUMN badge TEXT;
CREATE UNIQUE INDEX couriers_badge ON couriers (badge);
