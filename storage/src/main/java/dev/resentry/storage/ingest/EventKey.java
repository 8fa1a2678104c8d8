package dev.resentry.storage.ingest;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import java.util.Comparator;

/** What identifies an event. */
record EventKey(ProjectId projectId, EventId eventId) implements Comparable<EventKey> {
    private static final Comparator<EventKey> ORDER =
            Comparator.comparing(EventKey::projectId).thenComparing(EventKey::eventId);

    @Override
    public int compareTo(EventKey other) {
        return ORDER.compare(this, other);
    }
}
