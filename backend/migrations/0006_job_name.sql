-- What the one resource that a job is about was called, as whoever started it saw it: what is deleted has no other name any more.
-- And when somebody last asked for what was refused to be done again, in microseconds since 1970.
ALTER TABLE job ADD COLUMN name TEXT;
ALTER TABLE job ADD COLUMN retried INTEGER;
