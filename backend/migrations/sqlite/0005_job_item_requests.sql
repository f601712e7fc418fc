-- What an item asks for beyond its target: the channel to be created, the viewers of a call. What a task lists stands in the items.
ALTER TABLE job_item ADD COLUMN request TEXT CHECK (json_valid(request));
