INSERT INTO "hotels" ("id", "name") VALUES (1, 'Belvedere');
INSERT INTO "guests" ("id", "hotel_id", "given_name", "created_at") VALUES (1, 1, 'Sukarno', '2023-06-02 10:00:00');
