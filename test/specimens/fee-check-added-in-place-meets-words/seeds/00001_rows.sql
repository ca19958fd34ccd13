INSERT INTO courses (id, title) VALUES (1, 'Bookbinding');
INSERT INTO course_fees VALUES (1, 'adults', 9500), (1, 'children', 'free');
