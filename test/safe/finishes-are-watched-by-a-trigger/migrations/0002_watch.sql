CREATE TRIGGER boards_have_a_known_finish BEFORE UPDATE ON boards WHEN NEW.finish NOT IN ('oiled', 'waxed', 'raw')
BEGIN
  SELECT RAISE(ABORT, 'unknown finish');
END;
CREATE TRIGGER boards_have_some_thickness BEFORE UPDATE ON boards BEGIN
  SELECT RAISE(ABORT, 'too thick') WHERE NEW.thickness > 40;
END;
UPDATE boards SET checked = 1;
