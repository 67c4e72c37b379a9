-- What each person has read of the courses. Courses themselves are files.

CREATE TABLE progress (
    person INTEGER NOT NULL REFERENCES person (id),
    course TEXT NOT NULL,            -- slug: the folder's name in courses/
    lesson TEXT NOT NULL,            -- slug: the file's name without .md
    section TEXT NOT NULL,           -- "s1", "s2" ... in the order of the lesson
    at INTEGER NOT NULL,             -- UTC ms, when it was read for the first time
    PRIMARY KEY (person, course, lesson, section)
) STRICT;
