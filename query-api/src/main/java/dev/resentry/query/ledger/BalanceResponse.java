package dev.resentry.query.ledger;

import dev.resentry.storage.ledger.LedgerBalance;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Whether all is accounted for.
 *
 * @param refused what gateways refused and SDKs did not send, which is in neither equation
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "LedgerBalance")
record BalanceResponse(Envelopes envelopes, Items items, List<OutcomeTotalResponse> refused) {

    /**
     * accepted = stored + duplicate + dropped + dead + lost + in_flight + difference.
     *
     * @param from null for all since there is a ledger
     * @param accepted by the broker's offsets
     * @param difference 0 if the books are right
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LedgerBalanceEnvelopes")
    record Envelopes(
            @Nullable Instant from,
            Instant to,
            long accepted,
            long stored,
            long duplicate,
            long dropped,
            long dead,
            long lost,
            long inFlight,
            long difference) {}

    /**
     * found = stored + duplicate + dropped + filtered + dead + difference, of the envelopes that arrived in these hours and were processed.
     *
     * @param difference 0 if the books are right
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LedgerBalanceItems")
    record Items(
            Instant from,
            Instant to,
            long found,
            long stored,
            long duplicate,
            long dropped,
            long filtered,
            long dead,
            long difference) {}

    static BalanceResponse of(LedgerBalance balance) {
        LedgerBalance.Envelopes envelopes = balance.envelopes();
        LedgerBalance.Items items = balance.items();
        return new BalanceResponse(
                new Envelopes(
                        envelopes.from(),
                        envelopes.to(),
                        envelopes.accepted(),
                        envelopes.stored(),
                        envelopes.duplicate(),
                        envelopes.dropped(),
                        envelopes.dead(),
                        envelopes.lost(),
                        envelopes.inFlight(),
                        envelopes.difference()),
                new Items(
                        items.from(),
                        items.to(),
                        items.found(),
                        items.stored(),
                        items.duplicate(),
                        items.dropped(),
                        items.filtered(),
                        items.dead(),
                        items.difference()),
                balance.refusals().stream().map(OutcomeTotalResponse::of).toList());
    }
}
