UPDATE OR IGNORE labels SET name = lower(name);
