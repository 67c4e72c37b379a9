-- Practice: what each person knows of each question. No result depends on it.

CREATE TABLE practice_state (        -- see practice/practice.h
    person INTEGER NOT NULL REFERENCES person (id),
    item TEXT NOT NULL,              -- question id
    streak INTEGER NOT NULL,         -- right answers since the last wrong one
    wrong_count INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    box INTEGER NOT NULL,            -- 1 to 5; 0: never answered, only bookmarked
    due_day INTEGER NOT NULL,        -- days since 1970 in Beijing
    bookmarked INTEGER NOT NULL CHECK (bookmarked IN (0, 1)),
    last_at INTEGER NOT NULL,        -- UTC ms of the last answer, 0: none
    PRIMARY KEY (person, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE practice_log (          -- answers of the last days, to recognise a repeat
    person INTEGER NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,            -- counts the answers on the device
    item TEXT NOT NULL,
    points INTEGER NOT NULL,         -- what the answer earned, 1/100 point
    at INTEGER NOT NULL,             -- UTC ms
    PRIMARY KEY (person, device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX practice_log_at ON practice_log (at);
