-- A stream key that is deleted to be replaced: what it was tagged with is written down before it goes, for the one that follows.

ALTER TABLE job_item ADD COLUMN tags TEXT CHECK (json_valid(tags));
