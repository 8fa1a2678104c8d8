package dev.resentry.gateway.spool;

import java.util.ArrayDeque;

/**
 * How many records wait since when, to the second: it stays small however many there are. Records leave in the order in which
 * they came. Not thread-safe.
 */
final class SpooledRecordAges {
    private final ArrayDeque<Second> seconds = new ArrayDeque<>();
    private long count;

    void add(long millis) {
        long second = millis / 1000;
        Second last = seconds.peekLast();
        if (last == null || last.second != second) {
            last = new Second(second);
            seconds.addLast(last);
        }
        last.count++;
        count++;
    }

    void removeFirst() {
        Second first = seconds.peekFirst();
        if (first != null) {
            count--;
            if (--first.count == 0) {
                seconds.removeFirst();
            }
        }
    }

    long count() {
        return count;
    }

    /** When the first of the waiting records came; {@code otherwise} if none waits. */
    long oldestMillis(long otherwise) {
        Second first = seconds.peekFirst();
        return first == null ? otherwise : first.second * 1000;
    }

    private static final class Second {
        private final long second;
        private long count;

        Second(long second) {
            this.second = second;
        }
    }
}
