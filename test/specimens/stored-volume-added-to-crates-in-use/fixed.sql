-- VIRTUAL: the index stores what is looked up
ALTER TABLE "Kisten"
  ADD COLUMN "Rauminhalt" REAL GENERATED ALWAYS AS ("Länge" * "Breite" * "Höhe") VIRTUAL;
CREATE INDEX "Kisten nach Rauminhalt" ON "Kisten" ("Rauminhalt");
