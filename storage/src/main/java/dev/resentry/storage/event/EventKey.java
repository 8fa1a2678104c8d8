package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.ingest.BatchRow;
import java.util.Comparator;

/** What identifies an event. */
record EventKey(ProjectId projectId, EventId eventId) implements Comparable<EventKey> {
    private static final Comparator<EventKey> ORDER =
            Comparator.comparing(EventKey::projectId).thenComparing(EventKey::eventId);

    static EventKey of(BatchRow<? extends IdentifiedRow> event) {
        return new EventKey(event.receipt().projectId(), event.row().eventId());
    }

    @Override
    public int compareTo(EventKey other) {
        return ORDER.compare(this, other);
    }
}
