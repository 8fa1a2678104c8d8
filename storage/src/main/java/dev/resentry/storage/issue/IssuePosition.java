package dev.resentry.storage.issue;

/**
 * Where a page of issues begins: behind the issue of this id and this value of what the list is sorted by.
 *
 * @param value a number, or a time in microseconds since 1970
 */
public record IssuePosition(long value, long id) {
    /** 9999-12-31, which is also more than any number of events. */
    private static final long GREATEST = 253_402_214_400_000_000L;

    /** In front of every issue. */
    public static final IssuePosition FIRST = new IssuePosition(GREATEST, Long.MAX_VALUE);
}
