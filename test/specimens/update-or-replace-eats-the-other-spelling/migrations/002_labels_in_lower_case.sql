UPDATE OR REPLACE labels SET name = lower(name);
