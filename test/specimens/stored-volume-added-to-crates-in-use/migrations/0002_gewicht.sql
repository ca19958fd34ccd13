ALTER TABLE "Kisten" ADD COLUMN "Gewicht (kg)" REAL;
