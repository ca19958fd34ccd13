INSERT INTO photos (id, caption) VALUES ('p1', 'harbour'), ('p2', NULL);
INSERT INTO photo_tags (photo_id, tag, "added by") VALUES ('p1', 'boats', 'mia'), ('p2', 'night', 'import');
