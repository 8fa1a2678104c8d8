package dev.resentry.storage.issue;

import java.util.Locale;

/** By what issues are sorted, the greatest first; of equal ones the newer one first. */
public enum IssueSort {
    LAST_SEEN("i.last_seen"),
    FIRST_SEEN("i.first_seen"),
    /** In the window of the filter, if it has one. */
    EVENTS("i.event_count"),
    /** All that the issue ever happened to. */
    USERS("i.users_affected");

    private final String column;

    IssueSort(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    boolean isTime() {
        return this == LAST_SEEN || this == FIRST_SEEN;
    }

    /** The word in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
