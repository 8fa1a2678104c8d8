package dev.resentry.clickhouse.read;

/** The copy has not what a question takes. */
final class UnansweredException extends RuntimeException {
    UnansweredException(String what) {
        super(what);
    }
}
