UPDATE course_fees SET cents = 0 WHERE typeof(cents) <> 'integer' OR cents < 0;
ALTER TABLE course_fees ADD CHECK (typeof(cents) = 'integer' AND cents >= 0);
