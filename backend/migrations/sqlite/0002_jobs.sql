-- Jobs: work of more than one call. What each call did stands in the journal, which is the truth; these rows say what is
-- still to be done, so they are changed as the work goes on.

CREATE TABLE job (
    id         TEXT    PRIMARY KEY,                       -- UUIDv7, so in the order of their starts
    at         INTEGER NOT NULL,                          -- microseconds since 1970, UTC
    subject    TEXT    NOT NULL,                          -- who started it: their rights are asked before each call
    actor      TEXT    NOT NULL CHECK (json_valid(actor)),
    request_id TEXT    NOT NULL,
    account    TEXT    NOT NULL,
    region     TEXT    NOT NULL,
    task       TEXT    NOT NULL CHECK (json_valid(task)),
    reason     TEXT,
    key        TEXT    NOT NULL,                          -- of idempotency
    cancelled  INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
    UNIQUE (subject, key)
) STRICT;

CREATE TABLE job_item (
    job       TEXT    NOT NULL REFERENCES job (id),
    n         INTEGER NOT NULL,
    operation TEXT    NOT NULL,
    target    TEXT    NOT NULL,
    state     TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'begun', 'unknown', 'done', 'refused')),
    attempt   INTEGER NOT NULL DEFAULT 1,                 -- part of the key under which the call is journaled
    error     TEXT CHECK (json_valid(error)),
    journal   TEXT,                                       -- the intent's id
    PRIMARY KEY (job, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_item_to_do ON job_item (job) WHERE state IN ('waiting', 'begun', 'unknown');
