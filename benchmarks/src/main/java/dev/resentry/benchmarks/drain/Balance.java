package dev.resentry.benchmarks.drain;

import tools.jackson.databind.JsonNode;

/**
 * What the ledger says, or the difference of what it said twice. All counts but the last two are of envelopes.
 *
 * @param otherwise duplicate, dropped, dead or lost
 * @param difference of both equations of the ledger; 0 if its books are right
 * @param otherItems items that were not stored
 */
record Balance(
        long accepted, long stored, long otherwise, long inFlight, long difference, long items, long otherItems) {
    static Balance of(JsonNode json) {
        JsonNode envelopes = json.path("envelopes");
        JsonNode items = json.path("items");
        return new Balance(
                envelopes.path("accepted").asLong(),
                envelopes.path("stored").asLong(),
                sum(envelopes, "duplicate", "dropped", "dead", "lost"),
                envelopes.path("in_flight").asLong(),
                envelopes.path("difference").asLong() + items.path("difference").asLong(),
                items.path("stored").asLong(),
                sum(items, "duplicate", "dropped", "filtered", "dead"));
    }

    Balance since(Balance before) {
        return new Balance(
                accepted - before.accepted,
                stored - before.stored,
                otherwise - before.otherwise,
                inFlight,
                difference,
                items - before.items,
                otherItems - before.otherItems);
    }

    /** Whether all that was accepted has become something. */
    boolean isSettled() {
        return inFlight == 0 && stored + otherwise >= accepted;
    }

    /** Whether all that was sent was accepted and stored, each item of it, and the books are right. */
    boolean isAllStored(long sent) {
        return accepted >= sent
                && stored == accepted
                && otherwise == 0
                && inFlight == 0
                && difference == 0
                && otherItems == 0;
    }

    private static long sum(JsonNode json, String... fields) {
        long sum = 0;
        for (String field : fields) {
            sum += json.path(field).asLong();
        }
        return sum;
    }
}
