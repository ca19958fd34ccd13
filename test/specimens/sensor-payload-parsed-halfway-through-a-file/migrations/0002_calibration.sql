ALTER TABLE probes ADD COLUMN calibrated_on TEXT;
