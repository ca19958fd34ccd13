INSERT INTO levels (sluice_id, upstream, metres)
SELECT id, 1, ifnull(fall, 0.0)
FROM sluices;

ALTER TABLE sluices DROP COLUMN fall;
