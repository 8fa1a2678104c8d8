package dev.resentry.storage.session;

import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item that says something of sessions, with its row in {@code envelope_items}. */
record SessionItem(BatchItem item, List<NewSession> sessions) {
    private static final Comparator<SessionItem> ORDER = Comparator.comparing(
                    (SessionItem row) -> row.item().receipt().receivedAt())
            .thenComparing(row -> row.item().receipt().id().value())
            .thenComparingInt(row -> row.item().position());

    SessionItem {
        sessions = List.copyOf(sessions);
    }

    /** Those of a batch in the order in which they arrived. */
    static List<SessionItem> of(BatchContext batch) {
        List<SessionItem> items = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            List<NewSession> sessions = item.item().rows(NewSession.class);
            if (item.outcome() instanceof Outcome.Stored && !sessions.isEmpty()) {
                items.add(new SessionItem(item, sessions));
            }
        }
        items.sort(ORDER);
        return items;
    }

    long projectId() {
        return item.receipt().projectId().value();
    }

    /**
     * The hash of what is counted once, however many items tell it: the start of a session, or sessions that an SDK counted.
     * Null if it tells nothing of the kind.
     */
    @Nullable
    Long tells() {
        return switch (sessions.getFirst()) {
            case NewSession.Update update -> update.starts() ? update.session().value() : null;
            case NewSession.Bucket bucket ->
                bucket.item() == null ? null : bucket.item().value();
        };
    }
}
