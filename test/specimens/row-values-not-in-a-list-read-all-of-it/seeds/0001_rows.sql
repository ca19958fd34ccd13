INSERT INTO members (club, email)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT 'rowing', 'member' || k || '@example.org' FROM counter;
INSERT INTO newsletter (newsletter_id, club, email)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT k, 'rowing', 'guest' || k || '@example.org' FROM counter;
