package dev.resentry.model.issue.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What tells more of an issue than its status. The words are part of the API, and Sentry's. */
public enum Substatus {
    /** First seen less than {@link IssueTransitions#NEW_FOR} ago. */
    NEW,
    ONGOING,
    /** It is new or was ignored until it would escalate, and happens far more often than usual. */
    ESCALATING,
    /** It was resolved and happened again. */
    REGRESSED,
    ARCHIVED_UNTIL_ESCALATING,
    ARCHIVED_UNTIL_CONDITION_MET,
    ARCHIVED_FOREVER;

    private static final Set<String> WIRE_NAMES =
            Arrays.stream(values()).map(Substatus::wireName).collect(Collectors.toUnmodifiableSet());

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The substatus of a word. */
    public static Optional<Substatus> of(String wireName) {
        return Arrays.stream(values())
                .filter(value -> value.wireName().equals(wireName))
                .findFirst();
    }

    /** The words of all. */
    public static Set<String> wireNames() {
        return WIRE_NAMES;
    }

    /** Whether it is one of an unresolved issue. */
    public boolean isUnresolved() {
        return switch (this) {
            case NEW, ONGOING, ESCALATING, REGRESSED -> true;
            case ARCHIVED_UNTIL_ESCALATING, ARCHIVED_UNTIL_CONDITION_MET, ARCHIVED_FOREVER -> false;
        };
    }
}
