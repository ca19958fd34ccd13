UPDATE shelves SET sort_by = 'title';
