DROP VIEW IF EXISTS deepest;
DELETE FROM soundings WHERE depth_mm = -9223372036854775808;
UPDATE soundings SET depth_mm = abs(depth_mm);
CREATE VIEW deepest AS SELECT survey_id, max(depth_mm) AS depth_mm FROM soundings GROUP BY survey_id;
