CREATE TABLE courses (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    starts DATE
);

CREATE TABLE course_fees (
    course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    audience TEXT NOT NULL,
    cents INTEGER NOT NULL,
    PRIMARY KEY (course_id, audience)
);
