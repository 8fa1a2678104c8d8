package dev.resentry.processor.alert;

import dev.resentry.storage.alert.StoredAlertRules.Rule;
import java.time.Instant;

/** Until when rules are known to be silent for issues, so that the database is not asked for each event. It decides all the same. */
final class Silences {
    private static final int MOST = 100_000;

    private final RecentKeys<Key, Instant> until = new RecentKeys<>(MOST);

    private record Key(long ruleId, long issueId) {}

    boolean covers(Rule rule, long issueId, Instant at) {
        Instant end = until.get(new Key(rule.id(), issueId));
        return end != null && at.isBefore(end);
    }

    void put(Rule rule, long issueId, Instant end) {
        until.put(new Key(rule.id(), issueId), end);
    }

    void forget() {
        until.clear();
    }
}
