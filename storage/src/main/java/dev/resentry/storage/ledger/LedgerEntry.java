package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.Outcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of something that was accepted. */
public sealed interface LedgerEntry {

    /**
     * Where a record of topic {@code envelopes} stood.
     *
     * @param topicId tells apart topics of one name that were made one after the other
     */
    record Place(String topic, @Nullable UUID topicId, int partition, long offset) {}

    /**
     * An envelope that is stored.
     *
     * @param gateway that put it on the topic; it, the place and the time are null if an earlier version processed it
     * @param outcome stored, or dropped with a reason
     */
    record StoredEnvelope(
            UUID id,
            long projectId,
            @Nullable UUID eventId,
            Instant receivedAt,
            String endpoint,
            @Nullable String gateway,
            @Nullable Place place,
            @Nullable Instant processedAt,
            Outcome outcome)
            implements LedgerEntry {}

    /** A record of which nothing could be made. */
    record DeadLetter(
            long id,
            Instant at,
            String reason,
            String cause,
            @Nullable Long projectId,
            @Nullable UUID envelopeId,
            @Nullable UUID eventId,
            Place place)
            implements LedgerEntry {}
}
