-- What the one resource that a job is about was called, as whoever started it saw it: what is deleted has no other name any more.
-- And since when what was live is meant, in microseconds since 1970, where that is not its start: a retry may ask for it anew.
ALTER TABLE job ADD COLUMN name TEXT;
ALTER TABLE job ADD COLUMN asked_anew INTEGER;
