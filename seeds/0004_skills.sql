-- Two published versions of one skill and a draft of the third, and a skill of the same name from another publisher.

INSERT INTO skills (id, publisher_id, slug, version, description, created_at, published_at)
VALUES
  ('skl_refunds_1', 'pub_demo_seed', 'refunds', 1, 'How to decide on a refund.',
   '2026-05-04T09:00:00.000Z', '2026-05-04T10:00:00.000Z'),
  ('skl_refunds_2', 'pub_demo_seed', 'refunds', 2, 'How to decide on a refund.',
   '2026-05-11T09:00:00.000Z', '2026-05-11T09:30:00.000Z'),
  ('skl_refunds_3', 'pub_demo_seed', 'refunds', 3, '', '2026-05-18T09:00:00.000Z', NULL),
  ('skl_harbour_refunds', 'pub_harbour', 'refunds', 1, 'Berth fees that were paid twice.',
   '2026-05-12T06:00:00.000Z', '2026-05-12T06:00:00.000Z');

INSERT INTO skill_files (skill_id, path, content)
VALUES
  ('skl_refunds_1', 'SKILL.md', '# Refunds

Don''t refund what was replaced; ask for a photo instead.
'),
  ('skl_refunds_2', 'SKILL.md', '# Refunds

Don''t refund what was replaced; ask for a photo instead.

-- Limits are in limits.json --
'),
  ('skl_refunds_2', 'limits.json', '{"amount":200}'),
  -- Made by the editor, not yet written.
  ('skl_refunds_3', 'SKILL.md', ''),
  ('skl_harbour_refunds', 'SKILL.md', '# Überzahlte Gebühren ⚓

Refund the second payment.
');
