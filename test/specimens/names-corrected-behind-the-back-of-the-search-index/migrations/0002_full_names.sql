UPDATE plants SET name = name || ' officinalis';
