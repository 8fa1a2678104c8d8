package dev.resentry.storage.rollup;

import dev.resentry.model.event.UserHash;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.issue.AssignedIssues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event is counted by, the same whether it is about to be stored or read from its row.
 *
 * @param occurredAt the event's own time
 * @param environment empty if there is none
 * @param userHash null if its user is not known
 */
record CountedEvent(
        long projectId,
        long issueId,
        Instant occurredAt,
        String environment,
        String level,
        @Nullable String release,
        @Nullable Long userHash,
        Map<String, String> tags) {

    /** The new events of a live batch. A replay brings no new ones; what it changes is counted by {@link RollupRebuild}. */
    static List<CountedEvent> of(BatchContext batch) {
        if (batch.cause() != Cause.LIVE) {
            return List.of();
        }
        AssignedIssues issues = batch.get(AssignedIssues.class);
        return batch.rows(NewEvent.class).stream().map(row -> of(row, issues)).toList();
    }

    private static CountedEvent of(BatchRow<NewEvent> row, AssignedIssues issues) {
        NewEvent event = row.row();
        UserHash user = event.attributes().userHash();
        return new CountedEvent(
                row.receipt().projectId().value(),
                issues.issueOf(row.receipt().projectId(), event.hash()),
                event.occurredAt(),
                event.environment() == null ? "" : event.environment(),
                event.level(),
                event.release(),
                user == null ? null : user.value(),
                event.tags());
    }
}
