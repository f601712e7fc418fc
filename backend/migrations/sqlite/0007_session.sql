-- Who signed in, and until when. The cookie carries what a session is; these rows say that it still is one, and show people theirs.

CREATE TABLE session (
    id         TEXT    PRIMARY KEY,                       -- random, and no secret: the cookie that names it is sealed
    subject    TEXT    NOT NULL,                          -- as in the journal
    display    TEXT    NOT NULL,
    held       TEXT    NOT NULL CHECK (json_valid(held)), -- what the rules gave at sign-in; jobs go by it
    rules      BLOB    NOT NULL CHECK (length(rules) = 32), -- under which rules
    client_ip  TEXT,
    user_agent TEXT CHECK (length(CAST(user_agent AS BLOB)) <= 200),
    began      INTEGER NOT NULL,                          -- microseconds since 1970, UTC
    seen       INTEGER NOT NULL,                          -- the same, some minutes exact
    ended      INTEGER,                                   -- the same
    ended_by   TEXT CHECK (ended_by IN ('self', 'other', 'provider')),
    CHECK ((ended IS NULL) = (ended_by IS NULL))
) STRICT;

CREATE INDEX session_by_subject ON session (subject, began);
