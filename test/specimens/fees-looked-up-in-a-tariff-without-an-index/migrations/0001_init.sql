CREATE TABLE tariffs (
  tariff_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  fee_cents INTEGER NOT NULL
);

CREATE TABLE parcels (
  parcel_id INTEGER PRIMARY KEY,
  tariff_code TEXT NOT NULL,
  sent_on TEXT NOT NULL
);
