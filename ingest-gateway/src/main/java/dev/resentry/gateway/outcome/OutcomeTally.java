package dev.resentry.gateway.outcome;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sums of what was reported since they were last taken. Nothing that is added is lost between two takings, or taken twice. There
 * is room for a number of different things; what comes beyond it is summed up as overflow.
 */
final class OutcomeTally {
    /** A sum that bears this takes nothing any more and has given all it had. */
    private static final long RETIRED = Long.MIN_VALUE;

    private final int room;
    private final Map<Entry, AtomicLong> sums = new ConcurrentHashMap<>();
    private final LongAdder overflow = new LongAdder();

    OutcomeTally(int room) {
        this.room = room;
    }

    record Entry(ProjectId project, @Nullable PublicKey key, DataCategory category, Outcome.Rejected outcome) {}

    /** Receives sums. */
    interface Taker {
        void take(Entry entry, long quantity);
    }

    void add(Entry entry, long quantity) {
        while (true) {
            AtomicLong sum = sums.get(entry);
            if (sum == null) {
                if (sums.size() >= room) {
                    overflow.add(quantity);
                    return;
                }
                sum = sums.computeIfAbsent(entry, _ -> new AtomicLong());
            }
            if (sum.getAndAdd(quantity) >= 0) {
                return;
            }
            // It was retired between the finding and the adding; what is added to it now counts for nothing.
            sums.remove(entry, sum);
        }
    }

    /** Takes all sums out, and forgets what nothing was added to since the last time. Called by one thread at a time. */
    void takeAll(Taker taker) {
        sums.forEach((entry, sum) -> {
            long quantity = sum.getAndSet(0);
            if (quantity > 0) {
                taker.take(entry, quantity);
            } else if (sum.compareAndSet(0, RETIRED)) {
                sums.remove(entry, sum);
            }
        });
    }

    /** How much found no room, ever. */
    long overflow() {
        return overflow.sum();
    }

    int size() {
        return sums.size();
    }
}
