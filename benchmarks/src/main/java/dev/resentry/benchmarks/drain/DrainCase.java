package dev.resentry.benchmarks.drain;

import java.util.Locale;

/**
 * What is sent in one measurement, and how.
 *
 * @param connections at once
 * @param kilobytes of an event or a transaction before it is compressed, about
 */
record DrainCase(int connections, int kilobytes, Groups groups, Items items) {
    /** Into how many issues errors fall. */
    enum Groups {
        /** Twenty, whatever the number of events: rows of issues are written to again and again. */
        FEW,
        /** One for five events, so that most of what is counted is a new row. */
        MANY;

        int count(int events) {
            return this == FEW ? 20 : Math.max(1, events / 5);
        }
    }

    /** What envelopes hold. */
    enum Items {
        /** An error each. */
        ERRORS,
        /**
         * In parts as programs send them: errors, transactions, sessions, logs, check-ins, attachments, feedback,
         * client reports.
         */
        MIX
    }

    @Override
    public String toString() {
        return "%d connections, %d KB, %s groups, %s".formatted(connections, kilobytes, word(groups), word(items));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
