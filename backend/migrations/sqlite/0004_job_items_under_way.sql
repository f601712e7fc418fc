-- What is under way in a job, however many items wait behind it.
CREATE INDEX job_item_under_way ON job_item (job) WHERE state IN ('begun', 'unknown');

-- What a task lists stands in the items; a hash tells whether a key is used for the same task again.
ALTER TABLE job ADD COLUMN asked BLOB CHECK (length(asked) = 32);
UPDATE job SET task = json_replace(task, '$.arns', json('[]'));
