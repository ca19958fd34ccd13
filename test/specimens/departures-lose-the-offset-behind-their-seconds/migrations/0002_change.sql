UPDATE flights SET departs = substr(departs, 1, 19) || 'Z';
