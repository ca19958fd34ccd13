INSERT INTO badges (rowid, code, title) VALUES (1, 'first', 'First'), (3, 'gold', 'Gold'), (4, 'late', 'Late');
INSERT INTO awards VALUES (1, 'gold', '2024-01-01');
