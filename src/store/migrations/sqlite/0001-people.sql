-- People, their accounts and logins; the record of events.

CREATE TABLE branch (                -- 街道
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL        -- the order in which lists show it
) STRICT;

CREATE TABLE community (             -- 社区
    id INTEGER PRIMARY KEY,
    branch INTEGER NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    UNIQUE (branch, name)
) STRICT;

CREATE TABLE compound (              -- 小区
    id INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    name TEXT NOT NULL,
    UNIQUE (community, name)
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    staff_number TEXT NOT NULL UNIQUE, -- 工号, what she signs in with
    name TEXT NOT NULL,
    branch INTEGER REFERENCES branch (id),     -- NULL: of the district
    compound INTEGER REFERENCES compound (id)  -- where a specialist is stationed
) STRICT;
CREATE INDEX person_branch ON person (branch);

CREATE TABLE account (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    roles INTEGER NOT NULL,          -- bits, see enum role
    password TEXT NOT NULL,          -- argon2id, as libsodium writes it
    failures INTEGER NOT NULL,       -- wrong passwords since the last right one
    blocked_until INTEGER NOT NULL   -- UTC ms; before it no password is tried
) STRICT;

CREATE TABLE login (
    token TEXT PRIMARY KEY,          -- SHA-256 of the cookie, hex
    person INTEGER NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,     -- UTC ms
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX login_person ON login (person);

CREATE TABLE setting (               -- facts about this installation
    name TEXT PRIMARY KEY,           -- "demonstration", "district"
    value TEXT NOT NULL
) STRICT;

CREATE TABLE event (                 -- the chain, see store/chain.h
    seq INTEGER PRIMARY KEY,         -- 1, 2, 3... over all subjects
    subject TEXT NOT NULL,           -- what it is about: "contest/3"
    number INTEGER NOT NULL,         -- 1, 2, 3... within the subject
    at INTEGER NOT NULL,             -- UTC ms
    actor INTEGER NOT NULL,          -- person, 0 for the program
    role TEXT NOT NULL,              -- as what the actor acted
    device TEXT NOT NULL,            -- random name of a device's queue, or ''
    device_number INTEGER NOT NULL,  -- counts up per device: a repeat is recognised
    kind TEXT NOT NULL,
    body TEXT NOT NULL,              -- canonical JSON
    previous TEXT NOT NULL,          -- hash of the event before, hex
    hash TEXT NOT NULL,
    seal TEXT NOT NULL,              -- HMAC-SHA256 of the hash, hex
    algorithm TEXT NOT NULL,         -- of hash: sha256
    UNIQUE (subject, number)
) STRICT;
CREATE UNIQUE INDEX event_device ON event (subject, device, device_number)
    WHERE device <> '';
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'events are never removed'); END;
