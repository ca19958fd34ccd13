INSERT INTO "Device" ("id", "label") VALUES (1, 'door');
