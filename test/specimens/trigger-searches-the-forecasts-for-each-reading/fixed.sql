CREATE INDEX forecasts_by_station ON forecasts (station);
-- the sensors read half a degree too much
UPDATE readings SET celsius = celsius - 0.5;
