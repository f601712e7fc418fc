-- The journal, as migrations/sqlite has it: rows are added, never changed, and removed only once a signed statement says so. Several
-- consoles write into one of these at the same time; the number of a row is its turn, so no two of them follow the same row.

-- Microseconds since 1970, UTC, by the database's clock.
CREATE FUNCTION micros() RETURNS bigint LANGUAGE sql VOLATILE AS $$ SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) $$;

CREATE TABLE journal (
    seq                BIGINT PRIMARY KEY,                -- 1, 2, 3 … without gaps
    form               BIGINT NOT NULL,                   -- which columns `hash` covers; 1: all that stand here
    chain              TEXT   NOT NULL,                   -- UUIDv7 of the chain of hashes; one for each database
    prev_hash          BYTEA  NOT NULL CHECK (length(prev_hash) = 32),
    id                 TEXT   NOT NULL UNIQUE,            -- UUIDv7
    at                 BIGINT NOT NULL,                   -- microseconds since 1970, UTC
    replica            TEXT   NOT NULL,                   -- UUIDv7 of one start of one process
    build              TEXT   NOT NULL,                   -- its version

    phase              TEXT   NOT NULL CHECK (phase IN ('intent', 'outcome', 'event')),
    kind               TEXT   NOT NULL CHECK (kind IN ('change', 'secret', 'auth', 'authz', 'config', 'admin')),
    intent             TEXT   REFERENCES journal (id),    -- an outcome's intent
    request_id         TEXT   NOT NULL,                   -- as in the log and in the answer to the browser

    actor_mode         TEXT,                              -- how they signed in
    actor_issuer       TEXT,
    actor_subject      TEXT,                              -- who, for the machine
    actor_display      TEXT,                              -- who, for people
    actor_session      TEXT,                              -- a hash of the session, never its cookie
    actor_roles        TEXT CHECK (actor_roles IS NULL OR actor_roles::json IS NOT NULL),
    client_ip          TEXT,
    user_agent         TEXT CHECK (octet_length(user_agent) <= 200),

    operation          TEXT   NOT NULL,                   -- IVS's name, or that of a route of ours
    permission         TEXT,                              -- what it asks for
    rule               TEXT,                              -- what gave or refused it
    account            TEXT,                              -- by its configured name
    region             TEXT,
    targets            TEXT   NOT NULL CHECK (json_typeof(targets::json) = 'array'), -- ARNs
    params             TEXT   NOT NULL CHECK (params::json IS NOT NULL),             -- allowed members only, never a secret
    precondition       TEXT,                              -- what the person saw
    before             TEXT CHECK (before IS NULL OR before::json IS NOT NULL),
    after              TEXT CHECK (after IS NULL OR after::json IS NOT NULL),
    secret_fingerprint TEXT,
    reason             TEXT,                              -- in the person's words
    key                TEXT,                              -- of idempotency
    body_hash          BYTEA CHECK (length(body_hash) = 32),
    decision           TEXT   NOT NULL CHECK (decision IN ('allowed', 'denied')),

    outcome            TEXT CHECK (outcome IN ('done', 'refused', 'unknown')),
    reconciled         BIGINT NOT NULL CHECK (reconciled IN (0, 1)), -- found out by reading, not answered
    code               TEXT,
    message            TEXT,
    aws_request_ids    TEXT   NOT NULL CHECK (json_typeof(aws_request_ids::json) = 'array'),
    attempts           BIGINT NOT NULL,
    millis             BIGINT NOT NULL,
    -- the answer, secrets removed, for who asks with the same key
    result             TEXT CHECK (result IS NULL OR result::json IS NOT NULL),

    hash               BYTEA  NOT NULL UNIQUE CHECK (length(hash) = 32),

    CHECK ((phase = 'outcome') = (intent IS NOT NULL)),
    CHECK ((phase = 'outcome') = (outcome IS NOT NULL)),
    CHECK ((phase = 'outcome') = (actor_subject IS NULL)),
    CHECK (key IS NULL OR (phase = 'intent' AND body_hash IS NOT NULL))
);

CREATE INDEX journal_by_intent ON journal (intent) WHERE intent IS NOT NULL;
CREATE INDEX journal_by_subject ON journal (actor_subject, seq) WHERE actor_subject IS NOT NULL;
CREATE UNIQUE INDEX journal_by_key ON journal (actor_subject, key) WHERE key IS NOT NULL;

-- Two indexes that are tables, filled below from the rows themselves; `tally journal verify` compares them.

CREATE TABLE journal_target ( -- which entries are about an ARN, that of a created resource included
    arn   TEXT   NOT NULL,
    entry BIGINT NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (arn, entry)
);
CREATE INDEX journal_target_by_entry ON journal_target (entry);

CREATE TABLE journal_open ( -- which intents have not ended in a known way
    entry BIGINT PRIMARY KEY REFERENCES journal (seq)
);

-- What was said of the journal with a key that is not in it: which hash a row had, or up to which row it was let go on purpose.
CREATE TABLE journal_statement (
    kind TEXT   NOT NULL CHECK (kind IN ('checkpoint', 'prune')),
    seq  BIGINT NOT NULL,                                 -- the last row that it is about
    text TEXT   NOT NULL,                                 -- as it was signed, with the signature
    PRIMARY KEY (kind, seq)
);

-- A database that is a copy: of which row, and when. The console that is started on it says so in the journal.
CREATE TABLE journal_copied (
    seq BIGINT NOT NULL,
    at  BIGINT NOT NULL                                   -- microseconds since 1970, UTC
);

-- The functions act as whoever owns the tables: the console need not be allowed more of them than to add rows and to read. What it
-- might call by the same names, temporarily, comes last.

CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal: % is never changed', TG_TABLE_NAME;
END $$;

CREATE FUNCTION journal_lets_go() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.seq > (SELECT COALESCE(max(seq), 0) FROM journal_statement WHERE kind = 'prune') THEN
        RAISE EXCEPTION 'journal: rows are never removed';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION journal_lets_statements_go() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.seq >= (SELECT COALESCE(max(seq), 0) FROM journal_statement WHERE kind = 'prune') THEN
        RAISE EXCEPTION 'journal: statements are never removed';
    END IF;
    RETURN OLD;
END $$;

-- Of two consoles that write at the same moment one waits here, by the primary key, for the other to have written, and is then out of
-- turn: it begins again with the row that has come between.
CREATE FUNCTION journal_takes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last record;
BEGIN
    SELECT seq, chain, hash INTO last FROM journal ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> COALESCE(last.seq, 0) + 1 OR NEW.prev_hash <> COALESCE(last.hash, decode(repeat('00', 32), 'hex'))
        OR NEW.chain <> COALESCE(last.chain, NEW.chain) THEN
        RAISE EXCEPTION 'journal: out of turn';
    END IF;
    IF NEW.intent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal_open JOIN journal ON seq = entry WHERE id = NEW.intent) THEN
        RAISE EXCEPTION 'journal: no open intent';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION journal_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    about bigint := COALESCE((SELECT seq FROM journal WHERE id = NEW.intent), NEW.seq);
BEGIN
    INSERT INTO journal_target (arn, entry) SELECT DISTINCT value, about FROM json_array_elements_text(NEW.targets::json)
    ON CONFLICT DO NOTHING;
    IF NEW.phase = 'intent' THEN
        INSERT INTO journal_open (entry) VALUES (NEW.seq);
    ELSIF NEW.outcome IN ('done', 'refused') THEN
        DELETE FROM journal_open WHERE entry = about;
    END IF;
    RETURN NULL;
END $$;

-- Each as PostgreSQL says it again; `tally journal verify` compares them.
CREATE TRIGGER journal_refuses_update BEFORE UPDATE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses();
CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION journal_lets_go();
CREATE TRIGGER journal_takes BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_takes();
CREATE TRIGGER journal_follows AFTER INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_follows();
CREATE TRIGGER journal_statement_refuses_update BEFORE UPDATE OR TRUNCATE ON journal_statement FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses();
CREATE TRIGGER journal_statement_refuses_delete BEFORE DELETE ON journal_statement FOR EACH ROW EXECUTE FUNCTION journal_lets_statements_go();

-- Jobs: work of more than one call. What each call did stands in the journal, which is the truth; these rows say what is still to be
-- done, so they are changed as the work goes on.

CREATE TABLE job (
    id         TEXT   PRIMARY KEY,                        -- UUIDv7, so in the order of their starts
    at         BIGINT NOT NULL,                           -- microseconds since 1970, UTC
    subject    TEXT   NOT NULL,                           -- who started it: their rights are asked before each call
    actor      TEXT   NOT NULL CHECK (actor::json IS NOT NULL),
    request_id TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    region     TEXT   NOT NULL,
    task       TEXT   NOT NULL CHECK (task::json IS NOT NULL),
    reason     TEXT,
    key        TEXT   NOT NULL,                           -- of idempotency
    cancelled  BIGINT NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
    asked      BYTEA CHECK (length(asked) = 32),          -- a hash of what was asked for: is a key used for the same again?
    name       TEXT,                                      -- what the one resource that it is about was called
    asked_anew BIGINT,                                    -- since when what was live is meant, where that is not its start
    worker     TEXT,                                      -- the replica that works on it, as long as it lives
    stirred    BIGINT NOT NULL DEFAULT 0,                 -- how often somebody cancelled it, or wanted more of it
    UNIQUE (subject, key)
);

CREATE TABLE job_item (
    job       TEXT   NOT NULL REFERENCES job (id),
    n         BIGINT NOT NULL,
    operation TEXT   NOT NULL,
    target    TEXT   NOT NULL,
    state     TEXT   NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'begun', 'unknown', 'done', 'refused')),
    attempt   BIGINT NOT NULL DEFAULT 1,                  -- part of the key under which the call is journaled
    error     TEXT CHECK (error IS NULL OR error::json IS NOT NULL),
    journal   TEXT,                                       -- the intent's id
    tags      TEXT CHECK (tags IS NULL OR tags::json IS NOT NULL),        -- of a stream key that is deleted to be replaced
    request   TEXT CHECK (request IS NULL OR request::json IS NOT NULL),     -- what it asks for beyond its target
    PRIMARY KEY (job, n)
);
CREATE INDEX job_item_to_do ON job_item (job) WHERE state IN ('waiting', 'begun', 'unknown');
CREATE INDEX job_item_under_way ON job_item (job) WHERE state IN ('begun', 'unknown');

-- Who signed in, and until when. The cookie carries what a session is; these rows say that it still is one, and show people theirs.

CREATE TABLE session (
    id               TEXT   PRIMARY KEY,                  -- random, and no secret: the cookie that names it is sealed
    subject          TEXT   NOT NULL,                     -- as in the journal
    display          TEXT   NOT NULL,
    held             TEXT   NOT NULL CHECK (held::json IS NOT NULL), -- what the rules gave at sign-in; jobs go by it
    rules            BYTEA  NOT NULL CHECK (length(rules) = 32), -- under which rules
    client_ip        TEXT,
    user_agent       TEXT CHECK (octet_length(user_agent) <= 200),
    began            BIGINT NOT NULL,                     -- microseconds since 1970, UTC
    seen             BIGINT NOT NULL,                     -- the same, some minutes exact
    ended            BIGINT,                              -- the same
    ended_by         TEXT CHECK (ended_by IN ('self', 'other', 'provider')),
    provider_session TEXT CHECK (length(provider_session) <= 255), -- the one at the provider that it was made of
    changed          BIGINT NOT NULL DEFAULT micros(),    -- by the database's clock
    CHECK ((ended IS NULL) = (ended_by IS NULL))
);
CREATE INDEX session_by_subject ON session (subject, began);
CREATE INDEX session_by_change ON session (changed);

CREATE FUNCTION session_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := micros();
    RETURN NEW;
END $$;

CREATE TRIGGER session_changes BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION session_changes();

-- The consoles that share this database, and what each of them holds as long as it lives. Logged like the rest: what a console is
-- changing is held while the server restarts, too.

CREATE TABLE replica (
    id    TEXT   PRIMARY KEY,                             -- as in the journal: UUIDv7 of one start of one process
    build TEXT   NOT NULL,
    began BIGINT NOT NULL DEFAULT micros(),
    seen  BIGINT NOT NULL DEFAULT micros()
);

CREATE TABLE held ( -- resources that are being changed
    arn     TEXT PRIMARY KEY,
    replica TEXT NOT NULL
);

-- The files that the pages of each build are made of: a page of one build may ask a console of another for them.
CREATE TABLE asset (
    folder TEXT   NOT NULL,                               -- what has the hash in its name: that of the app's files, or the file itself
    path   TEXT   PRIMARY KEY,
    bytes  BYTEA  NOT NULL,
    at     BIGINT NOT NULL DEFAULT micros()               -- when a console of that build was started last
);
CREATE INDEX asset_by_folder ON asset (folder);

-- Those that have said within twenty seconds that they are there.
CREATE VIEW living AS SELECT id FROM replica WHERE seen > micros() - 20000000;
