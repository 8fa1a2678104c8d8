package dev.resentry.query.ledger;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.LedgerQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger: what became of what was sent, and whether all of it is accounted for. */
@NativeApi
@Tag(name = "Ledger")
class LedgerController {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
    private static final int MAX_TOTALS = 5_000;

    private final LedgerQueries ledger;
    private final LedgerLookup lookup;
    private final ProjectAccess access;
    private final InstantSource clock;

    LedgerController(LedgerQueries ledger, LedgerLookup lookup, ProjectAccess access, InstantSource clock) {
        this.ledger = ledger;
        this.lookup = lookup;
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
            BrokerOffsets broker = lookup.broker();
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
        return lookup.entry(actor, id, project, at);
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
}
