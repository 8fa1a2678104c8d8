package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.ingest.ItemRow;

/** A row that is an event by itself: {@link EventIdentityWriter} claims its id in its project, so that it is stored once. */
public interface IdentifiedRow extends ItemRow {
    EventId eventId();
}
