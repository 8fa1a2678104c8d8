package dev.resentry.storage.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether everything that was accepted is accounted for.
 *
 * @param refusals what gateways refused and SDKs did not send, in the hours of {@code items}
 */
public record LedgerBalance(Envelopes envelopes, Items items, List<OutcomeTotal> refusals) {

    /**
     * The records of topic {@code envelopes} between two times, which stand for the offsets that its partitions ended at then.
     *
     * @param from where the first partition begins that is counted; null if all is counted since there is a ledger
     * @param accepted by the broker's offsets
     * @param stored by the fates that processors noted in the transactions that stored, as the other fates
     * @param inFlight behind what processors have processed, by their consumer group's offsets and by the fates
     */
    public record Envelopes(
            @Nullable Instant from,
            Instant to,
            long accepted,
            long stored,
            long duplicate,
            long dropped,
            long dead,
            long lost,
            long inFlight) {

        /** Accepted and not accounted for; 0 if the books are right, negative if something is counted twice. */
        public long difference() {
            return accepted - stored - duplicate - dropped - dead - lost - inFlight;
        }
    }

    /**
     * The items of the envelopes that arrived in some whole hours and were processed.
     *
     * @param found by the processors that split the envelopes
     * @param stored by the rows that are in the database, as the other outcomes
     * @param dropped by a rule
     * @param filtered by the filters of projects
     * @param dead that nothing could be made of
     */
    public record Items(
            Instant from, Instant to, long found, long stored, long duplicate, long dropped, long filtered, long dead) {

        /** Found and not accounted for; 0 if the books are right. */
        public long difference() {
            return found - stored - duplicate - dropped - filtered - dead;
        }
    }
}
