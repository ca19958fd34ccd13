INSERT INTO pledges (id, donor, cents, made_on) VALUES
  (1, 'Ines Marou', 500, '2024-01-09'), (2, 'Ines Marou', 700, '2024-02-11'), (3, 'Paul Dietz', 900, '2024-02-12');
