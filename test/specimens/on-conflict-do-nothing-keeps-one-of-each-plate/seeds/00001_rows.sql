INSERT INTO zones (code, fee_cents) VALUES ('A', 4000);
INSERT INTO permits (plate, zone_code, holder) VALUES ('B-XY 12', 'A', 'Lena'), ('B-XY 12', 'A', 'Tomasz');
