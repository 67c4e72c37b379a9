-- People who leave and come back; published results person by person and street by
-- street, for records and for a street's own tools.

CREATE TABLE service_break (         -- when a person who came back did not serve
    person INTEGER NOT NULL REFERENCES person (id),
    from_at INTEGER NOT NULL,        -- UTC ms
    until_at INTEGER NOT NULL,
    PRIMARY KEY (person, from_at)
) STRICT, WITHOUT ROWID;

-- The rows of a publication's body, so that one person's years are found without
-- reading everybody's. Written with the publication, never changed.
CREATE TABLE publication_standing (
    publication INTEGER NOT NULL REFERENCES publication (id),
    person INTEGER NOT NULL,
    branch INTEGER NOT NULL,         -- street then; 0: of none
    status TEXT NOT NULL,            -- as in the body
    score TEXT,                      -- decimal
    used_ms INTEGER,
    passed INTEGER,                  -- 0, 1
    rank TEXT,
    PRIMARY KEY (publication, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX publication_standing_person ON publication_standing (person);

CREATE TABLE publication_branch (
    publication INTEGER NOT NULL REFERENCES publication (id),
    branch INTEGER NOT NULL,
    entry TEXT NOT NULL,             -- its row of the body, JSON
    PRIMARY KEY (publication, branch)
) STRICT, WITHOUT ROWID;

INSERT INTO publication_standing
SELECT publication.id, json_extract(entry.value, '$.person.id'),
    coalesce(json_extract(entry.value, '$.branch.id'), 0),
    json_extract(entry.value, '$.status'), json_extract(entry.value, '$.score'),
    json_extract(entry.value, '$.used_ms'), json_extract(entry.value, '$.passed'),
    CAST(json_extract(entry.value, '$.rank') AS TEXT)
FROM publication, json_each(publication.body, '$.people') AS entry;

INSERT INTO publication_branch
SELECT publication.id, coalesce(json_extract(entry.value, '$.branch.id'), 0), entry.value
FROM publication, json_each(publication.body, '$.branches') AS entry;
