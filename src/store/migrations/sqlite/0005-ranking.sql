-- Rankings of a quiz, a contest, a training, a year: formulas, decisions about single
-- people, published versions; and people and streets as they were at a time.

-- A street is there for a time. One that was split or joined gets an end, and those
-- that took its place are named; results keep the street of their time.
ALTER TABLE branch ADD COLUMN valid_from INTEGER NOT NULL DEFAULT 0;  -- UTC ms
ALTER TABLE branch ADD COLUMN valid_to INTEGER;                       -- NULL: today
CREATE TABLE branch_successor (
    branch INTEGER NOT NULL REFERENCES branch (id),
    successor INTEGER NOT NULL REFERENCES branch (id),
    PRIMARY KEY (branch, successor)
) STRICT, WITHOUT ROWID;

ALTER TABLE person ADD COLUMN phone TEXT;                             -- NULL: unknown
ALTER TABLE person ADD COLUMN cohort TEXT NOT NULL DEFAULT '';        -- 期别
ALTER TABLE person ADD COLUMN joined_at INTEGER NOT NULL DEFAULT 0;   -- UTC ms
ALTER TABLE person ADD COLUMN left_at INTEGER;                        -- NULL: serves
ALTER TABLE person ADD COLUMN erased_at INTEGER;                      -- name removed
CREATE TABLE former_branch (         -- where a person belonged before she moved
    person INTEGER NOT NULL REFERENCES person (id),
    until_at INTEGER NOT NULL,       -- UTC ms
    branch INTEGER NOT NULL REFERENCES branch (id),
    PRIMARY KEY (person, until_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE quiz_status (           -- decisions about a person in a quiz; newest counts
    id INTEGER PRIMARY KEY,
    quiz INTEGER NOT NULL REFERENCES quiz (id),
    person INTEGER NOT NULL REFERENCES person (id),
    status TEXT NOT NULL CHECK (status IN ('normal', 'deferred', 'voided')),
    reason TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL              -- UTC ms
) STRICT;
CREATE INDEX quiz_status_person ON quiz_status (quiz, person, id);
CREATE TRIGGER quiz_status_no_update BEFORE UPDATE ON quiz_status
BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER quiz_status_no_delete BEFORE DELETE ON quiz_status
BEGIN SELECT raise(ABORT, 'decisions are never removed'); END;

CREATE TABLE training (              -- several results as one: a training, or a year
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('training', 'year')),
    title TEXT NOT NULL,
    held_at INTEGER NOT NULL,        -- UTC ms: whose street a person belongs to then
    missing TEXT NOT NULL CHECK (missing IN ('zero', 'skip')),
                                     -- a part without a result: counts 0, or is left out
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE training_part (
    training INTEGER NOT NULL REFERENCES training (id),
    position INTEGER NOT NULL,       -- 1, 2, 3...
    kind TEXT NOT NULL CHECK (kind IN ('quiz', 'contest')),
    subject INTEGER NOT NULL,        -- id of the quiz or contest
    weight INTEGER NOT NULL CHECK (weight > 0),
    PRIMARY KEY (training, position),
    UNIQUE (training, kind, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE ranking_formula (       -- announcements; the newest counts
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    formula TEXT NOT NULL,           -- canonical JSON, see report/ranking_formula.h
    actor INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL              -- UTC ms
) STRICT;
CREATE INDEX ranking_formula_subject ON ranking_formula (kind, subject, id);
CREATE TRIGGER ranking_formula_no_update BEFORE UPDATE ON ranking_formula
BEGIN SELECT raise(ABORT, 'announcements are never changed'); END;

CREATE TABLE publication (           -- a ranking as it was published; never changed
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    version INTEGER NOT NULL,        -- 1, 2, 3... of the subject
    supersedes INTEGER REFERENCES publication (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,              -- canonical JSON without names
    digest TEXT NOT NULL,            -- SHA-256 of body, hex
    results TEXT NOT NULL,           -- the same without the ranks it is compared with:
                                     -- two versions with equal results say the same
    reason TEXT NOT NULL,            -- why a correction; '' for the first version
    proposed_by INTEGER NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    decided_by INTEGER REFERENCES person (id),
    decided_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'published', 'rejected')),
    UNIQUE (kind, subject, version)
) STRICT;
CREATE TRIGGER publication_is_fixed BEFORE UPDATE ON publication
WHEN old.state <> 'proposed' OR new.body <> old.body OR new.digest <> old.digest
     OR new.kind <> old.kind OR new.subject <> old.subject OR new.version <> old.version
     OR new.proposed_by <> old.proposed_by
BEGIN SELECT raise(ABORT, 'publications are never changed'); END;
CREATE TRIGGER publication_stays BEFORE DELETE ON publication
BEGIN SELECT raise(ABORT, 'publications are never removed'); END;

-- The names beside a publication, outside its digest: they can be removed when a person
-- asks for it, and the published numbers stay what they were.
CREATE TABLE publication_name (
    publication INTEGER NOT NULL REFERENCES publication (id),
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (publication, person)
) STRICT, WITHOUT ROWID;

-- Passwords of machines: a street's own tools read its results with these.
CREATE TABLE api_token (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,      -- SHA-256 of the token, hex
    label TEXT NOT NULL,
    branch INTEGER REFERENCES branch (id),  -- NULL: the whole district
    created_by INTEGER NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,     -- UTC ms
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    used_at INTEGER                  -- the last time, to the hour
) STRICT;

CREATE TABLE webhook (               -- addresses that are told of a published ranking
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    secret TEXT NOT NULL,            -- key of the signature
    label TEXT NOT NULL,
    created_by INTEGER NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    stopped_at INTEGER               -- NULL: is told
) STRICT;
CREATE TABLE webhook_delivery (
    id INTEGER PRIMARY KEY,
    webhook INTEGER NOT NULL REFERENCES webhook (id),
    publication INTEGER NOT NULL REFERENCES publication (id),
    attempts INTEGER NOT NULL,
    next_at INTEGER,                 -- UTC ms; NULL: done or given up
    delivered_at INTEGER,
    answer TEXT NOT NULL,            -- of the last attempt: status or reason
    UNIQUE (webhook, publication)
) STRICT;
CREATE INDEX webhook_due ON webhook_delivery (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE export_log (            -- who took which file, and how much was in it
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,             -- UTC ms
    person INTEGER,                  -- NULL: by a token
    token INTEGER REFERENCES api_token (id),
    what TEXT NOT NULL,              -- "quiz/1 ranking.xlsx"
    row_count INTEGER NOT NULL,
    digest TEXT NOT NULL             -- SHA-256 of the bytes, hex; '' for a page of JSON
) STRICT;
CREATE TRIGGER export_log_no_update BEFORE UPDATE ON export_log
BEGIN SELECT raise(ABORT, 'the log is never changed'); END;
CREATE TRIGGER export_log_no_delete BEFORE DELETE ON export_log
BEGIN SELECT raise(ABORT, 'the log is never shortened'); END;
