CREATE TABLE plans (
  slug TEXT PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  cents INTEGER NOT NULL
);
INSERT INTO plans (slug, title, cents) VALUES ('free', 'Free', 0), ('choir', 'Choir', 900);
CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY,
  plan_slug TEXT NOT NULL REFERENCES plans (slug) ON DELETE CASCADE,
  account TEXT NOT NULL
);
