package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.ItemRow;
import java.time.Instant;

/**
 * What an SDK says in a client report that it did not send.
 *
 * @param at when, by the report
 * @param outcome with a reason, in the words of the SDK
 * @param quantity in the unit of the category
 */
public record ClientDiscard(Instant at, DataCategory category, Outcome outcome, long quantity) implements ItemRow {
    @Override
    public long weight() {
        String reason = outcome.reasonName();
        return reason == null ? 0 : reason.length();
    }
}
