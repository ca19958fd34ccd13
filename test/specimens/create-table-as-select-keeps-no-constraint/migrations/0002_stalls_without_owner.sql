CREATE TABLE stalls_new AS SELECT id, code, metres FROM stalls;

DROP TABLE stalls;

ALTER TABLE stalls_new RENAME TO stalls;
