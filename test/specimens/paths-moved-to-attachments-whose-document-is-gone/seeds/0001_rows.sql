INSERT INTO documents VALUES ('d1', 'Manual', 'manual.pdf');
INSERT INTO attachments VALUES ('a1', 'Drill', 'd1'), ('a2', 'Saw', 'd2');
