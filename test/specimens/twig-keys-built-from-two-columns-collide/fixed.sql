DELETE FROM twigs WHERE twig_id NOT IN (SELECT twig_id FROM (SELECT twig_id, row_number() OVER (PARTITION BY parent_id, leaf_id ORDER BY is_deleted, twig_id) AS place FROM twigs) WHERE place = 1);
UPDATE twigs SET twig_id = parent_id || '_' || leaf_id;
