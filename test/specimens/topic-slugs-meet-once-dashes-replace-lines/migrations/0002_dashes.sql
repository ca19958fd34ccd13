UPDATE topics SET slug = replace(slug, '_', '-');
