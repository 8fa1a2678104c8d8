package dev.resentry.processor.alert;

import dev.resentry.model.alert.AlertCondition.Extent;
import dev.resentry.model.event.EventId;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.processing.alert.AlertSubject;
import dev.resentry.processing.alert.FiringReason.Words;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may make rules come true.
 *
 * @param issueId 0 for the project
 * @param recordId names what was told on topic {@code events}, or a spike; null if it was found by looking otherwise
 * @param at when it happened
 * @param eventId of the event; null if there is none
 * @param state what became of the issue; null if it is just an event
 * @param spike what was found; null if it is no spike
 * @param subject of what filters look at; null for the project
 */
record AlertTrigger(
        long projectId,
        long issueId,
        @Nullable UUID recordId,
        Instant at,
        @Nullable EventId eventId,
        IssueActivity.@Nullable Kind state,
        @Nullable FoundSpike spike,
        @Nullable AlertSubject subject) {

    /** A spike, in words. */
    record FoundSpike(Extent of, Words words) {}

    /** Whether it is an event by itself, of which nothing else is known. */
    boolean isEvent() {
        return recordId != null && state == null && spike == null;
    }
}
