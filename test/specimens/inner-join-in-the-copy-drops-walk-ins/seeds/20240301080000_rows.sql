INSERT INTO "Patient" ("id", "phone") VALUES (1, '+351 912 000 111');
INSERT INTO "Appointment" ("id", "patientId", "startsAt") VALUES (1, NULL, 1709280000000), (2, 1, 1709290000000);
