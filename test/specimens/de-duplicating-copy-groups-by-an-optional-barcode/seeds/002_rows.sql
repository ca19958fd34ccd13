INSERT INTO households (id, name) VALUES (1, 'Attic flat');
INSERT INTO pantry_items (id, household_id, barcode, label, best_before) VALUES
  (1, 1, NULL, 'onions', '2026-05-01'),
  (2, 1, NULL, 'garlic', '2026-06-01');
