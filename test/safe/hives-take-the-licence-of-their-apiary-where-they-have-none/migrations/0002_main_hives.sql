-- A hive that stands on the spot of an apiary is its main hive.
UPDATE apiaries SET main_hive = (
  SELECT hives.id FROM hives WHERE hives.left_at IS NULL AND hives.spot = apiaries.spot LIMIT 1
)
WHERE left_at IS NULL AND EXISTS (SELECT 1 FROM hives WHERE hives.left_at IS NULL AND hives.spot = apiaries.spot);

-- What a main hive has not, it takes from its apiary.
UPDATE hives SET
  kind = 'main',
  spot = coalesce(spot, (SELECT apiaries.spot FROM apiaries WHERE apiaries.main_hive = hives.id AND apiaries.left_at IS NULL LIMIT 1)),
  licence = coalesce(licence, (SELECT apiaries.licence FROM apiaries WHERE apiaries.main_hive = hives.id AND apiaries.left_at IS NULL LIMIT 1))
WHERE left_at IS NULL AND EXISTS (SELECT 1 FROM apiaries WHERE apiaries.main_hive = hives.id AND apiaries.left_at IS NULL);
