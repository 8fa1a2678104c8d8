package dev.resentry.query.issue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What people said of an issue. The words are part of the API. */
public enum IssueStatus {
    UNRESOLVED,
    RESOLVED,
    IGNORED;

    private static final Set<String> WIRE_NAMES =
            Arrays.stream(values()).map(IssueStatus::wireName).collect(Collectors.toUnmodifiableSet());

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Set<String> wireNames() {
        return WIRE_NAMES;
    }
}
