CREATE TABLE members (
  club TEXT,
  email TEXT,
  UNIQUE (club, email)
);

CREATE TABLE newsletter (
  newsletter_id INTEGER PRIMARY KEY,
  club TEXT,
  email TEXT
);
