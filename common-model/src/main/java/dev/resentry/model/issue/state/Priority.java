package dev.resentry.model.issue.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How soon somebody should look at an issue. The words are part of the API. */
public enum Priority {
    LOW,
    MEDIUM,
    HIGH;

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The priority of a word. */
    public static Optional<Priority> of(String wireName) {
        return Arrays.stream(values())
                .filter(value -> value.wireName().equals(wireName))
                .findFirst();
    }

    /** That of an issue of which nobody said one. */
    public static Priority ofLevel(String level, boolean isUnhandled) {
        return switch (level) {
            case "fatal" -> HIGH;
            case "error" -> isUnhandled ? HIGH : MEDIUM;
            case "warning" -> MEDIUM;
            default -> LOW;
        };
    }
}
