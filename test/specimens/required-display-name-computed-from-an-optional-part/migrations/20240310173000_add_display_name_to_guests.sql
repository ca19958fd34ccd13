ALTER TABLE "guests" ADD "display_name" varchar NOT NULL GENERATED ALWAYS AS (given_name || ' ' || family_name) VIRTUAL;
CREATE INDEX "index_guests_on_display_name" ON "guests" ("display_name");
