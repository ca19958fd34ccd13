CREATE TABLE pantry_items_unique (
  id INTEGER PRIMARY KEY,
  household_id INTEGER NOT NULL REFERENCES households (id),
  barcode TEXT,
  label TEXT NOT NULL,
  best_before TEXT,
  UNIQUE (household_id, barcode)
);
INSERT INTO pantry_items_unique (id, household_id, barcode, label, best_before)
SELECT id, household_id, barcode, label, best_before FROM pantry_items
WHERE barcode IS NULL OR id IN (SELECT min(id) FROM pantry_items GROUP BY household_id, barcode);
DROP TABLE pantry_items;
ALTER TABLE pantry_items_unique RENAME TO pantry_items;
