INSERT INTO tariffs (tariff_id, code, fee_cents)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT k, 'zone-' || k, 100 + k FROM counter;
INSERT INTO parcels (parcel_id, tariff_code, sent_on)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT k, 'zone-' || k, '2026-03-01' FROM counter;
