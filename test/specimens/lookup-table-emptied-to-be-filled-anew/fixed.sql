INSERT INTO "Waste Kinds" ("Key", "Label") VALUES ('paper', 'Paper and card'), ('glass', 'Glass'), ('bio', 'Kitchen waste')
ON CONFLICT ("Key") DO UPDATE SET "Label" = excluded."Label";
