INSERT INTO badges (id, code, holder) VALUES (1, 'b-7', 'Ada');
INSERT INTO gate_scans (id, badge_code, scanned_at) VALUES (1, 'b-7', '2024-05-01');
