ALTER TABLE parcels ADD COLUMN fee_cents INTEGER;

-- the fee of each parcel, as its tariff has it today
UPDATE parcels SET fee_cents = (
  SELECT t.fee_cents FROM tariffs AS t WHERE t.code = parcels.tariff_code
);
