CREATE TABLE "Lagerplätze" (
  "Nr" INTEGER PRIMARY KEY,
  "Gang" TEXT NOT NULL,
  "Höhe über Boden" REAL
);

CREATE TABLE "Kisten" (
  "Nr" INTEGER PRIMARY KEY,
  "Platz" INTEGER NOT NULL REFERENCES "Lagerplätze" ("Nr"),
  "Länge" REAL NOT NULL,
  "Breite" REAL NOT NULL,
  "Höhe" REAL NOT NULL
);
