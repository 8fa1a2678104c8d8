package dev.resentry.query.ledger;

import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.envelope.StoredItem;
import dev.resentry.storage.ledger.LedgerEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is known of an id: of an envelope, or of an event, which more than one envelope may have brought.
 *
 * @param known whether anything is
 * @param inFlight how many envelopes are accepted and not processed yet; null if the broker does not say
 * @param refused if nothing is known, what gateways refused and SDKs did not send about that time
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "LedgerEntry")
public record LedgerEntryResponse(
        String id,
        boolean known,
        List<EnvelopeEntry> envelopes,
        List<DeadLetterEntry> deadLetters,
        @Nullable Long inFlight,
        List<OutcomeTotalResponse> refused) {

    /** An envelope that was accepted and processed; what an earlier version processed has no place and no gateway. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LedgerEnvelope")
    record EnvelopeEntry(
            UUID id,
            long projectId,
            @Nullable String eventId,
            Instant receivedAt,
            String endpoint,
            @Nullable String gateway,
            @Nullable String topic,
            @Nullable Integer partition,
            @Nullable Long offset,
            @Nullable Instant processedAt,
            @WordOf(EnvelopeFate.class) String fate,
            @Nullable String reason,
            @Nullable String cause,
            List<ItemEntry> items) {

        static EnvelopeEntry of(LedgerEntry.StoredEnvelope envelope, List<StoredItem> items) {
            LedgerEntry.Place place = envelope.place();
            Outcome outcome = envelope.outcome();
            EnvelopeFate fate = outcome instanceof Outcome.Dropped why ? EnvelopeFate.of(why) : EnvelopeFate.STORED;
            return new EnvelopeEntry(
                    envelope.id(),
                    envelope.projectId(),
                    hex(envelope.eventId()),
                    envelope.receivedAt(),
                    envelope.endpoint(),
                    envelope.gateway(),
                    place == null ? null : place.topic(),
                    place == null ? null : place.partition(),
                    place == null ? null : place.offset(),
                    envelope.processedAt(),
                    fate.wireName(),
                    outcome.reasonName(),
                    outcome.cause(),
                    items.stream().map(ItemEntry::of).toList());
        }
    }

    /** An item and its fate: stored, duplicate or dropped; the last with reason and cause. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LedgerItem")
    record ItemEntry(
            int position,
            String type,
            @Nullable String eventId,
            String outcome,
            @Nullable String reason,
            @Nullable String cause) {

        static ItemEntry of(StoredItem item) {
            return new ItemEntry(
                    item.position(),
                    item.type(),
                    hex(item.eventId()),
                    item.outcome().wireName(),
                    item.outcome().reasonName(),
                    item.outcome().cause());
        }
    }

    /** A record of which nothing could be made. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LedgerDeadLetter")
    record DeadLetterEntry(
            long id,
            Instant at,
            String reason,
            String cause,
            @Nullable Long projectId,
            @Nullable UUID envelopeId,
            @Nullable String eventId,
            String topic,
            int partition,
            long offset) {

        static DeadLetterEntry of(LedgerEntry.DeadLetter letter) {
            return new DeadLetterEntry(
                    letter.id(),
                    letter.at(),
                    letter.reason(),
                    letter.cause(),
                    letter.projectId(),
                    letter.envelopeId(),
                    hex(letter.eventId()),
                    letter.place().topic(),
                    letter.place().partition(),
                    letter.place().offset());
        }
    }

    private static @Nullable String hex(@Nullable UUID eventId) {
        return eventId == null ? null : new EventId(eventId).toString();
    }
}
