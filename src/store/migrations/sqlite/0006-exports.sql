-- Files that are made beside the requests, one after the other.

CREATE TABLE export_job (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),  -- who asked, and alone may fetch it
    kind TEXT NOT NULL,              -- of the ranking
    subject INTEGER NOT NULL,
    branch INTEGER REFERENCES branch (id),  -- only this street; NULL: the district
    format TEXT NOT NULL,            -- "xlsx"
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
    starts INTEGER NOT NULL,         -- how often it was begun: a restart begins it again
    queued_at INTEGER NOT NULL,      -- UTC ms
    ended_at INTEGER,
    row_count INTEGER NOT NULL,      -- rows of the file
    file TEXT NOT NULL,              -- its name in the folder of exports; '' without one
    name TEXT NOT NULL,              -- the name people get it with
    size INTEGER NOT NULL,           -- bytes
    digest TEXT NOT NULL,            -- SHA-256 of the bytes, hex
    failure TEXT NOT NULL            -- why it failed, in a sentence
) STRICT;
CREATE INDEX export_job_person ON export_job (person, id);
CREATE INDEX export_job_open ON export_job (state, id);
