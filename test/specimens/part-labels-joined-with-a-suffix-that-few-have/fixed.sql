UPDATE parts SET label = label || coalesce('-' || suffix, '');
