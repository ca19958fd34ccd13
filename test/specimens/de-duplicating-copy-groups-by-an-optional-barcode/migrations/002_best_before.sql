ALTER TABLE pantry_items ADD COLUMN best_before TEXT;
