package dev.resentry.query.ledger;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.ledger.LedgerEntryResponse.DeadLetterEntry;
import dev.resentry.query.ledger.LedgerEntryResponse.EnvelopeEntry;
import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.LedgerQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger: what became of what was sent, and whether all of it is accounted for. */
@NativeApi
@Tag(name = "Ledger")
class LedgerController {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
    private static final Duration AROUND = Duration.ofHours(1);
    private static final int MAX_TOTALS = 5_000;
    private static final int MAX_REFUSALS = 100;

    private final LedgerQueries ledger;
    private final EnvelopeQueries envelopes;
    private final TopicOffsets offsets;
    private final KafkaSettings kafka;
    private final ProjectAccess access;
    private final InstantSource clock;

    LedgerController(
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
     * The balance of a time.
     *
     * @param from absent for all since there is a ledger
     * @param to absent for now
     */
    @GetMapping("/api/v1/ledger/balance")
    @Allowed(Scope.ORG_READ)
    BalanceResponse balance(@RequestParam @Nullable Instant from, @RequestParam @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw ApiException.invalid("to", "%s (expected: after from, %s)".formatted(to, from));
        }
        try {
            // The broker is asked first: what it accepts after that is not missed in the books.
            BrokerOffsets broker = broker();
            return BalanceResponse.of(ledger.balance(from, to, clock.instant(), broker));
        } catch (BrokerUnavailableException e) {
            throw ApiException.unavailable("Kafka does not say how much was accepted: " + e.getMessage());
        }
    }

    /**
     * The fate of an envelope or an event.
     *
     * @param id of an envelope or an event, as 32 hex digits or with dashes
     * @param project of which refusals are looked for if nothing is known of the id
     * @param at about which refusals are looked for; by default the time in the id, else the last day
     */
    @GetMapping("/api/v1/ledger/{id}")
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "getLedgerEntry")
    LedgerEntryResponse entry(
            @PathVariable String id,
            @RequestParam @Nullable Long project,
            @RequestParam @Nullable Instant at,
            Actor actor) {
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

    /** Outcomes by hour, the newest first. */
    @GetMapping("/api/v1/outcomes")
    @Allowed(Scope.EVENT_READ)
    List<OutcomeTotalResponse> outcomes(
            @RequestParam @Nullable Long project,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            Actor actor) {
        Instant end = to == null ? clock.instant() : to;
        Instant begin = from == null ? end.minus(DEFAULT_RANGE) : from;
        return ledger
                .totals(begin.truncatedTo(ChronoUnit.HOURS), end, project, access.of(actor), false, MAX_TOTALS)
                .stream()
                .map(OutcomeTotalResponse::of)
                .toList();
    }

    private BrokerOffsets broker() {
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
