DELETE FROM "Waste Kinds";
INSERT INTO "Waste Kinds" ("Key", "Label") VALUES ('paper', 'Paper and card'), ('glass', 'Glass'), ('bio', 'Kitchen waste');
