-- The message as a person reads it, cut, for lists: they read no payload. Events from before show it only on their own.
ALTER TABLE events ADD COLUMN message text;
