INSERT INTO ferries (harbour, ferry_no, name, seats) VALUES ('Oban', 3, 'Clansman', 638);
INSERT INTO crew_shifts (id, harbour, ferry_no, starts_at) VALUES (1, 'Oban', 3, '2026-03-01T05:30:00Z');
INSERT INTO faults (id, harbour, ferry_no, report) VALUES (1, 'Oban', 3, 'bow door sticks');
