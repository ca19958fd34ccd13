INSERT INTO folders (folder_id, parent_id, name)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT k, CASE WHEN k > 64 THEN k - 64 END, 'folder ' || k FROM counter;
