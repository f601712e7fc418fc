-- The session at the provider that a session here was made of: the provider says when that one ends.
ALTER TABLE session ADD COLUMN provider_session TEXT CHECK (length(provider_session) <= 255);
