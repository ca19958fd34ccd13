-- Every pipeline gets a publisher. This file passed 391 tests and stopped the service at deploy.
ALTER TABLE pipelines ADD COLUMN publisher_id TEXT NOT NULL DEFAULT 'pub_demo_seed' REFERENCES publishers(id);
