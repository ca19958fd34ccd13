ALTER TABLE course_fees ADD CHECK (typeof(cents) = 'integer' AND cents >= 0);
