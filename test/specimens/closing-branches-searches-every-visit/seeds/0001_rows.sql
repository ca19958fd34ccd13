INSERT INTO branches (branch_id, name, closed)
WITH RECURSIVE counter (k) AS (VALUES (0) UNION ALL SELECT k + 1 FROM counter WHERE k < 255)
SELECT k, 'branch ' || k, k >= 16 FROM counter;
-- nobody has been to the closed ones
INSERT INTO visits (visit_id, branch_id, came_at)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT k, k % 16, '2026-03-01' FROM counter;
