INSERT INTO "Space" ("id", "title") VALUES ('sp1', 'Archive');
INSERT INTO "Folder" ("id", "spaceId", "parentId", "label", "position") VALUES
  ('f1', 'sp1', NULL, 'Letters', 1),
  ('f2', 'sp1', 'f1', 'From Delft', 2);
