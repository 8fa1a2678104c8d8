package dev.resentry.storage.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A check-in with the item that it came in. */
record CheckInItem(BatchItem item, NewCheckIn checkIn) {
    private static final Comparator<CheckInItem> ORDER = Comparator.comparing(CheckInItem::at)
            .thenComparing(row -> row.item().receipt().id().value())
            .thenComparingInt(row -> row.item().position());

    /** Those of a batch in the order in which they arrived. */
    static List<CheckInItem> of(BatchContext batch) {
        List<CheckInItem> items = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            if (item.outcome() instanceof Outcome.Stored) {
                item.item().rows(NewCheckIn.class).forEach(row -> items.add(new CheckInItem(item, row)));
            }
        }
        items.sort(ORDER);
        return items;
    }

    Instant at() {
        return item.receipt().receivedAt();
    }

    MonitorKey monitor() {
        return new MonitorKey(item.receipt().projectId().value(), checkIn.slug());
    }

    /** The same at each replay. */
    UUID id() {
        return UUID.nameUUIDFromBytes(
                "%s/%d".formatted(item.receipt().id().value(), item.position()).getBytes(UTF_8));
    }

    /** What it says of a run, if it is the first that is heard of it. */
    StoredCheckIn begin(long environment, UUID id, MonitorSettings settings, @Nullable Instant expectedAt) {
        boolean isFinal = checkIn.status().isFinal();
        return new StoredCheckIn(
                environment,
                id,
                at(),
                checkIn.status(),
                expectedAt,
                isFinal ? at() : null,
                checkIn.durationMs(),
                at().plus(settings.maxRuntime()),
                checkIn.release(),
                checkIn.traceId(),
                checkIn.id() == null && isFinal ? id() : null,
                checkIn.problem());
    }

    /** What check-ins name a monitor by. */
    record MonitorKey(long project, String slug) implements Comparable<MonitorKey> {
        @Override
        public int compareTo(MonitorKey other) {
            int byProject = Long.compare(project, other.project);
            return byProject == 0 ? slug.compareTo(other.slug) : byProject;
        }
    }
}
