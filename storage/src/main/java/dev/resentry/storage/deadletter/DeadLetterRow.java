package dev.resentry.storage.deadletter;

import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.Fault;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.SourceRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that nothing could be made of, or an item of one.
 *
 * @param at when that was found; null for now
 * @param exception of our own code, if it failed
 * @param itemPosition of an item inside an envelope that is stored
 * @param envelopeReceivedAt the arrival of its envelope, if the envelope may have a row of its own
 * @param withBody whether its value is to be kept where the envelope has no row
 */
record DeadLetterRow(
        SourceRecord source,
        Outcome.Dropped why,
        FailureStage stage,
        @Nullable String exception,
        @Nullable Integer itemPosition,
        @Nullable EventId eventId,
        @Nullable Instant at,
        @Nullable Instant envelopeReceivedAt,
        boolean withBody) {

    /** Of a record whose envelope is stored, in this transaction or before: the letter refers to it. */
    static DeadLetterRow ofStored(BatchRecord.Received record, Outcome.Dropped why) {
        Fault fault = record.envelope().fault();
        return new DeadLetterRow(
                record.source(),
                why,
                fault == null ? FailureStage.of(why.reason()) : fault.stage(),
                fault == null ? null : fault.exception(),
                null,
                record.source().eventId().orElse(null),
                null,
                record.envelope().raw().receipt().receivedAt(),
                false);
    }

    /** Of a record that is kept nowhere else. */
    static DeadLetterRow ofRecord(SourceRecord source, Outcome.Dropped why) {
        return taken(source, why, null, null);
    }

    /** Of a record that was found at a time, and whose envelope may be stored since. */
    static DeadLetterRow taken(
            SourceRecord source, Outcome.Dropped why, @Nullable Instant at, @Nullable Instant receivedAt) {
        return new DeadLetterRow(
                source,
                why,
                FailureStage.of(why.reason()),
                null,
                null,
                source.eventId().orElse(null),
                at,
                receivedAt,
                true);
    }

    /** Of an item inside an envelope that is stored in this transaction. */
    static DeadLetterRow ofItem(BatchRecord.Received record, int position, IngestedItem item, Outcome.Dropped why) {
        EventId eventId = item.eventId() == null ? record.source().eventId().orElse(null) : item.eventId();
        return new DeadLetterRow(
                record.source(),
                why,
                FailureStage.ITEM,
                item.fault() == null ? null : item.fault().exception(),
                position,
                eventId,
                null,
                record.envelope().raw().receipt().receivedAt(),
                false);
    }
}
