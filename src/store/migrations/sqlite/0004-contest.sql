-- Contests: who takes part, and by which rules. What happens in a contest stands in the
-- chain (subject "contest/ID"), by numbers only; the names stand here and in person.

CREATE TABLE contest (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    rules TEXT NOT NULL,             -- the rule set, canonical JSON, see contest/rules.h
    created_at INTEGER NOT NULL,     -- UTC ms
    draw_seed TEXT                   -- 32 bytes, hex: decides the order of appearance;
                                     -- secret until the draw, NULL before its promise
) STRICT;

CREATE TABLE contest_judge (         -- 评委
    contest INTEGER NOT NULL REFERENCES contest (id),
    person INTEGER NOT NULL REFERENCES person (id),
    number INTEGER NOT NULL,         -- 1, 2, 3...: what the public sees of a judge
    PRIMARY KEY (contest, person),
    UNIQUE (contest, number)
) STRICT;
CREATE INDEX contest_judge_person ON contest_judge (person);

CREATE TABLE contestant (            -- 选手
    id INTEGER PRIMARY KEY,
    contest INTEGER NOT NULL REFERENCES contest (id),
    person INTEGER NOT NULL REFERENCES person (id),
    UNIQUE (contest, person)
) STRICT;
CREATE INDEX contestant_person ON contestant (person);
