package dev.resentry.query.ledger;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.ledger.LedgerEntryResponse.DeadLetterEntry;
import dev.resentry.query.ledger.LedgerEntryResponse.EnvelopeEntry;
import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.LedgerQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks up what became of envelopes and events. */
public final class LedgerLookup {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
    private static final Duration AROUND = Duration.ofHours(1);
    private static final int MAX_REFUSALS = 100;

    private final LedgerQueries ledger;
    private final EnvelopeQueries envelopes;
    private final TopicOffsets offsets;
    private final KafkaSettings kafka;
    private final ProjectAccess access;
    private final InstantSource clock;

    LedgerLookup(
            LedgerQueries ledger,
            EnvelopeQueries envelopes,
            TopicOffsets offsets,
            KafkaSettings kafka,
            ProjectAccess access,
            InstantSource clock) {
        this.ledger = ledger;
        this.envelopes = envelopes;
        this.offsets = offsets;
        this.kafka = kafka;
        this.access = access;
        this.clock = clock;
    }

    /**
     * The fate of an envelope or an event.
     *
     * @param project of which refusals are looked for if nothing is known of the id
     * @param at about which refusals are looked for; by default the time in the id, else the last day
     * @throws ApiException if the id is none
     */
    public LedgerEntryResponse entry(Actor actor, String id, @Nullable Long project, @Nullable Instant at) {
        VisibleProjects visible = access.of(actor);
        UUID wanted = EventId.parse(id)
                .map(EventId::value)
                .orElseThrow(
                        () -> ApiException.invalid("id", "'%s' (expected: 32 hex digits or a UUID)".formatted(id)));
        List<EnvelopeEntry> found = ledger.envelopes(wanted, visible).stream()
                .map(envelope -> EnvelopeEntry.of(envelope, envelopes.items(new EnvelopeId(envelope.id()))))
                .toList();
        List<DeadLetterEntry> dead = ledger.deadLetters(wanted, visible).stream()
                .map(DeadLetterEntry::of)
                .toList();
        boolean known = !found.isEmpty() || !dead.isEmpty();
        return new LedgerEntryResponse(
                id,
                known,
                found,
                dead,
                known ? null : inFlight(),
                known ? List.of() : refusals(wanted, project, visible, at));
    }

    BrokerOffsets broker() {
        TopicOffsets.Answer answer = offsets.ask(kafka.topics().envelopes(), kafka.processorGroup());
        return new BrokerOffsets(answer.topicId(), answer.ends(), answer.committed());
    }

    private @Nullable Long inFlight() {
        try {
            BrokerOffsets broker = broker();
            return ledger.balance(null, null, clock.instant(), broker)
                    .envelopes()
                    .inFlight();
        } catch (BrokerUnavailableException _) {
            return null;
        }
    }

    private List<OutcomeTotalResponse> refusals(
            UUID id, @Nullable Long project, VisibleProjects visible, @Nullable Instant at) {
        Instant now = clock.instant();
        Instant about = at == null ? timeOf(id, now) : at;
        Instant from = about == null ? now.minus(DEFAULT_RANGE) : about.minus(AROUND);
        Instant to = about == null ? now : about.plus(AROUND);
        return ledger.totals(from.truncatedTo(ChronoUnit.HOURS), to, project, visible, true, MAX_REFUSALS).stream()
                .map(OutcomeTotalResponse::of)
                .toList();
    }

    /** The ids of envelopes hold a time, those of events do not. */
    private static @Nullable Instant timeOf(UUID id, Instant now) {
        Instant time = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        return id.version() == 7 && time.isBefore(now) ? time : null;
    }
}
