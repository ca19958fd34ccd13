ALTER TABLE "Kisten"
  ADD COLUMN "Rauminhalt" REAL GENERATED ALWAYS AS ("Länge" * "Breite" * "Höhe") STORED;
CREATE INDEX "Kisten nach Rauminhalt" ON "Kisten" ("Rauminhalt");
