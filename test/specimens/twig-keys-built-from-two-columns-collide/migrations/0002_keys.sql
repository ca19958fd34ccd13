UPDATE twigs SET twig_id = parent_id || '_' || leaf_id;
