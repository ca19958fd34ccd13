INSERT INTO "Donor" ("id", "name") VALUES ('d1', 'Maro');
INSERT INTO "Address" ("id", "donorId", "city") VALUES ('a1', 'd1', 'Split'), ('a2', 'd1', 'Zadar');
INSERT INTO "Donation" ("donorId", "receivedOn", "cents") VALUES ('d1', '2023-02-02', 5000);
