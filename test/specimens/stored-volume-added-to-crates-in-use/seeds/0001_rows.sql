INSERT INTO "Lagerplätze" ("Nr", "Gang") VALUES (1, 'A');
INSERT INTO "Kisten" ("Nr", "Platz", "Länge", "Breite", "Höhe") VALUES (1, 1, 1.2, 0.8, 0.5);
