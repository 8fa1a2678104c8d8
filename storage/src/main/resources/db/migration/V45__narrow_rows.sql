-- Less disk and less work for each event.

-- An envelope's id holds the millisecond of its arrival, so that its key finds it.
DROP INDEX envelopes_id;
-- The key of events begins with their arrival, too.
DROP INDEX events_received;
-- Identities are looked up project by project.
DROP INDEX event_identities_event;
-- What is stored of an event or a transaction is found by its identity: what else names an event are few items.
DROP INDEX envelope_items_event;
CREATE INDEX envelope_items_naming_event ON envelope_items (event_id)
    WHERE event_id IS NOT NULL AND (outcome <> 'stored' OR (type <> 'event' AND type <> 'transaction'));
