INSERT INTO boats (id, name, berth, length_cm) VALUES (1, 'Marijke', 'C12', 840);
