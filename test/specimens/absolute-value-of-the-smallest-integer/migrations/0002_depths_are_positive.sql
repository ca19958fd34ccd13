DROP VIEW IF EXISTS deepest;
UPDATE soundings SET depth_mm = abs(depth_mm);
CREATE VIEW deepest AS SELECT survey_id, max(depth_mm) AS depth_mm FROM soundings GROUP BY survey_id;
