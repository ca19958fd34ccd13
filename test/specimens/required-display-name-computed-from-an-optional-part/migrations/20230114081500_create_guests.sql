CREATE TABLE "hotels" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL);
CREATE TABLE "guests" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "hotel_id" integer NOT NULL,
  "given_name" varchar NOT NULL,
  "family_name" varchar,
  "created_at" datetime(6) NOT NULL,
  CONSTRAINT "fk_rails_2f9c1d44ab" FOREIGN KEY ("hotel_id") REFERENCES "hotels" ("id")
);
CREATE INDEX "index_guests_on_hotel_id" ON "guests" ("hotel_id");
