-- the sensors read half a degree too much
UPDATE readings SET celsius = celsius - 0.5;
