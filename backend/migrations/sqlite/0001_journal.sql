-- The journal. Rows are added, never changed and never removed. An intent stands on disk before anything is sent; an
-- outcome, which names its intent, follows; an event is complete by itself (a sign-in, a denial, the configuration).

CREATE TABLE journal (
    seq                INTEGER PRIMARY KEY AUTOINCREMENT, -- 1, 2, 3 … without gaps
    form               INTEGER NOT NULL,                  -- which columns `hash` covers; 1: all that stand here
    chain              TEXT    NOT NULL,                  -- UUIDv7 of the chain of hashes; one for each file
    prev_hash          BLOB    NOT NULL CHECK (length(prev_hash) = 32),
    id                 TEXT    NOT NULL UNIQUE,           -- UUIDv7
    at                 INTEGER NOT NULL,                  -- microseconds since 1970, UTC
    replica            TEXT    NOT NULL,                  -- UUIDv7 of one start of one process
    build              TEXT    NOT NULL,                  -- its version

    phase              TEXT    NOT NULL CHECK (phase IN ('intent', 'outcome', 'event')),
    kind               TEXT    NOT NULL CHECK (kind IN ('change', 'secret', 'auth', 'authz', 'config', 'admin')),
    intent             TEXT    REFERENCES journal (id),   -- an outcome's intent
    request_id         TEXT    NOT NULL,                  -- as in the log and in the answer to the browser

    actor_mode         TEXT,                              -- how they signed in
    actor_issuer       TEXT,
    actor_subject      TEXT,                              -- who, for the machine
    actor_display      TEXT,                              -- who, for people
    actor_session      TEXT,                              -- a hash of the session, never its cookie
    actor_roles        TEXT CHECK (json_valid(actor_roles)),
    client_ip          TEXT,
    user_agent         TEXT CHECK (length(CAST(user_agent AS BLOB)) <= 200),

    operation          TEXT    NOT NULL,                  -- IVS's name, or that of a route of ours
    permission         TEXT,                              -- what it asks for
    rule               TEXT,                              -- what gave or refused it
    account            TEXT,                              -- by its configured name
    region             TEXT,
    targets            TEXT    NOT NULL CHECK (json_type(targets) = 'array'), -- ARNs
    params             TEXT    NOT NULL CHECK (json_valid(params)),           -- allowed members only, never a secret
    precondition       TEXT,                              -- what the person saw
    before             TEXT CHECK (json_valid(before)),
    after              TEXT CHECK (json_valid(after)),
    secret_fingerprint TEXT,
    reason             TEXT,                              -- in the person's words
    key                TEXT,                              -- of idempotency
    body_hash          BLOB CHECK (length(body_hash) = 32),
    decision           TEXT    NOT NULL CHECK (decision IN ('allowed', 'denied')),

    outcome            TEXT CHECK (outcome IN ('done', 'refused', 'unknown')),
    reconciled         INTEGER NOT NULL CHECK (reconciled IN (0, 1)), -- found out by reading, not answered
    code               TEXT,
    message            TEXT,
    aws_request_ids    TEXT    NOT NULL CHECK (json_type(aws_request_ids) = 'array'),
    attempts           INTEGER NOT NULL,
    millis             INTEGER NOT NULL,
    result             TEXT CHECK (json_valid(result)),   -- the answer, secrets removed, for who asks with the same key

    hash               BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),

    CHECK ((phase = 'outcome') = (intent IS NOT NULL)),
    CHECK ((phase = 'outcome') = (outcome IS NOT NULL)),
    CHECK ((phase = 'outcome') = (actor_subject IS NULL)),
    CHECK (key IS NULL OR (phase = 'intent' AND body_hash IS NOT NULL))
) STRICT;

CREATE INDEX journal_by_intent ON journal (intent) WHERE intent IS NOT NULL;
CREATE INDEX journal_by_subject ON journal (actor_subject, seq) WHERE actor_subject IS NOT NULL;
CREATE UNIQUE INDEX journal_by_key ON journal (actor_subject, key) WHERE key IS NOT NULL;

-- Two indexes that are tables, filled below from the rows themselves; `tally journal verify` compares them.

CREATE TABLE journal_target ( -- which entries are about an ARN, that of a created resource included
    arn   TEXT    NOT NULL,
    entry INTEGER NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (arn, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_open ( -- which intents have not ended in a known way
    entry INTEGER PRIMARY KEY REFERENCES journal (seq)
) STRICT;

CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'journal: rows are never changed');
END;

CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'journal: rows are never removed');
END;

-- INSERT OR REPLACE would remove a row without asking the trigger above.
CREATE TRIGGER journal_refuses_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq OR id = NEW.id OR hash = NEW.hash) BEGIN
    SELECT RAISE(ABORT, 'journal: rows are never changed');
END;

CREATE TRIGGER journal_refuses_key BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE actor_subject = NEW.actor_subject AND key = NEW.key) BEGIN
    SELECT RAISE(ABORT, 'journal: the key is taken');
END;

CREATE TRIGGER journal_refuses_second_end BEFORE INSERT ON journal
WHEN NEW.intent IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM journal_open JOIN journal ON seq = entry WHERE id = NEW.intent
) BEGIN
    SELECT RAISE(ABORT, 'journal: no open intent');
END;

CREATE TRIGGER journal_fills_target AFTER INSERT ON journal BEGIN
    INSERT OR IGNORE INTO journal_target (arn, entry)
    SELECT value, COALESCE((SELECT seq FROM journal WHERE id = NEW.intent), NEW.seq) FROM json_each(NEW.targets);
END;

CREATE TRIGGER journal_opens AFTER INSERT ON journal WHEN NEW.phase = 'intent' BEGIN
    INSERT INTO journal_open (entry) VALUES (NEW.seq);
END;

CREATE TRIGGER journal_closes AFTER INSERT ON journal WHEN NEW.outcome IN ('done', 'refused') BEGIN
    DELETE FROM journal_open WHERE entry = (SELECT seq FROM journal WHERE id = NEW.intent);
END;
