DELETE FROM subscribers WHERE id NOT IN (SELECT min(id) FROM subscribers GROUP BY lower(email));
UPDATE subscribers SET email = lower(email) WHERE email <> lower(email);
