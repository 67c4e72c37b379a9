-- Frozen papers, quizzes held with them, attempts and their answers.

CREATE TABLE paper (                 -- 试卷, frozen: a change in the files is a new row
    revision TEXT PRIMARY KEY,       -- SHA-256 of body, hex
    slug TEXT NOT NULL,              -- its folder in quizzes/
    title TEXT NOT NULL,
    body TEXT NOT NULL,              -- see quiz/paper.h; holds the key
    published_at INTEGER NOT NULL    -- UTC ms
) STRICT;
CREATE INDEX paper_slug ON paper (slug, published_at);
CREATE TRIGGER paper_no_update BEFORE UPDATE ON paper
BEGIN SELECT raise(ABORT, 'papers are never changed'); END;

CREATE TABLE quiz (                  -- a paper offered to the specialists
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper (revision),
    mode TEXT NOT NULL CHECK (mode IN ('rolling', 'sync')),
    start_at INTEGER NOT NULL,       -- UTC ms; sync mode: where everybody's time runs from
    base_ms INTEGER NOT NULL,        -- time allowed before any accommodation
    window_open INTEGER NOT NULL,    -- UTC ms
    window_close INTEGER,            -- NULL: stays open
    review TEXT NOT NULL CHECK (review IN ('submit', 'close'))
                                     -- when the key may be seen: after one's own
                                     -- submission, or after the window closed
) STRICT;

CREATE TABLE attempt (               -- 作答
    id INTEGER PRIMARY KEY,
    quiz INTEGER NOT NULL REFERENCES quiz (id),
    person INTEGER NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('in_progress', 'submitted', 'auto_submitted')),
    started_at INTEGER NOT NULL,     -- UTC ms, first delivery of the paper
    factor_numerator INTEGER NOT NULL,   -- planned accommodation of the time
    factor_denominator INTEGER NOT NULL,
    planned_ms INTEGER NOT NULL,
    deadline INTEGER NOT NULL,       -- UTC ms; what quiz/deadline.h last gave
    deadline_rev INTEGER NOT NULL,   -- grows when the deadline changes
    epoch INTEGER NOT NULL,          -- grows when another device takes over
    device TEXT NOT NULL,            -- the one device that may write
    layout TEXT NOT NULL,            -- order of questions and options as delivered
    submit_key TEXT,                 -- of the submission, to recognise a repeat
    submitted_at INTEGER,            -- UTC ms; the deadline when the program closed it
    closed_at INTEGER,               -- UTC ms; when that was done
    receipt TEXT,                    -- code that commits to all stored answers
    grade INTEGER,                   -- 1/100 point
    points INTEGER NOT NULL,         -- full mark, 1/100 point
    UNIQUE (quiz, person)
) STRICT;
CREATE INDEX attempt_running ON attempt (deadline) WHERE state = 'in_progress';

CREATE TABLE answer_log (            -- every answer that ever arrived
    id INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    item TEXT NOT NULL,              -- question id
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,            -- counts the edits on the device
    answer TEXT NOT NULL,            -- JSON: sorted option ids, or a string
    class TEXT NOT NULL CHECK (class IN ('live', 'grace', 'late', 'refused')),
                                     -- late and refused ones do not count
    received_at INTEGER NOT NULL,    -- UTC ms
    device TEXT NOT NULL
) STRICT;
CREATE INDEX answer_log_attempt ON answer_log (attempt, item);
CREATE TRIGGER answer_log_no_update BEFORE UPDATE ON answer_log
BEGIN SELECT raise(ABORT, 'answers are never changed'); END;
CREATE TRIGGER answer_log_no_delete BEFORE DELETE ON answer_log
BEGIN SELECT raise(ABORT, 'answers are never removed'); END;

CREATE TABLE answer (                -- the newest answer that counts
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    item TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    answer TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (attempt, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE grade (                 -- points of one question of a closed attempt
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    item TEXT NOT NULL,
    points INTEGER NOT NULL,         -- 1/100 point
    PRIMARY KEY (attempt, item)
) STRICT, WITHOUT ROWID;
