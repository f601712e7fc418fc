-- What was said of the journal with a key that is not in it. A checkpoint says which hash a row had; a prune, up to which row the
-- journal was let go on purpose. Whoever changes the file cannot say it anew without the key.

CREATE TABLE journal_statement (
    kind TEXT    NOT NULL CHECK (kind IN ('checkpoint', 'prune')),
    seq  INTEGER NOT NULL,                                -- the last row that it is about
    text TEXT    NOT NULL,                                -- as it was signed, with the signature
    PRIMARY KEY (kind, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_statement_refuses_update BEFORE UPDATE ON journal_statement BEGIN
    SELECT RAISE(ABORT, 'journal: statements are never changed');
END;

CREATE TRIGGER journal_statement_refuses_delete BEFORE DELETE ON journal_statement
WHEN OLD.seq >= (SELECT COALESCE(max(seq), 0) FROM journal_statement WHERE kind = 'prune') BEGIN
    SELECT RAISE(ABORT, 'journal: statements are never removed');
END;

-- Rows go only when a prune has said so first.
DROP TRIGGER journal_refuses_delete;

CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
WHEN OLD.seq > (SELECT COALESCE(max(seq), 0) FROM journal_statement WHERE kind = 'prune') BEGIN
    SELECT RAISE(ABORT, 'journal: rows are never removed');
END;

-- For the rows that go: who still points at them?
CREATE INDEX journal_target_by_entry ON journal_target (entry);

-- A file that is a copy: of which row, and when. The console that is started on it says so in the journal.
CREATE TABLE journal_copied (
    seq INTEGER NOT NULL,
    at  INTEGER NOT NULL                                  -- microseconds since 1970, UTC
) STRICT;
