INSERT INTO teams (slug, title) SELECT slug, title FROM squads WHERE true ON CONFLICT DO NOTHING;
