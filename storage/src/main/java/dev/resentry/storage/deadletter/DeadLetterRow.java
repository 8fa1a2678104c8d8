package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.SourceRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that nothing could be made of.
 *
 * @param at when that was found; null for now
 * @param envelopeReceivedAt the arrival of its envelope, if the envelope may have a row of its own
 * @param withBody whether its value is to be kept where the envelope has no row
 */
record DeadLetterRow(
        SourceRecord source,
        Outcome.Dropped why,
        @Nullable Instant at,
        @Nullable Instant envelopeReceivedAt,
        boolean withBody) {

    /** Of a record whose envelope is stored, in this transaction or before: the letter refers to it. */
    static DeadLetterRow ofStored(BatchRecord.Received record, Outcome.Dropped why) {
        Instant receivedAt = record.envelope().raw().receipt().receivedAt();
        return new DeadLetterRow(record.source(), why, null, receivedAt, false);
    }

    /** Of a record that is kept nowhere else. */
    static DeadLetterRow ofRecord(SourceRecord source, Outcome.Dropped why) {
        return new DeadLetterRow(source, why, null, null, true);
    }
}
