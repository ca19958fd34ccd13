CREATE TABLE probes (probe_id TEXT PRIMARY KEY, depth_m REAL, operator TEXT);
CREATE TABLE samples (
  probe_id TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  payload TEXT,
  PRIMARY KEY (probe_id, taken_at)
);
