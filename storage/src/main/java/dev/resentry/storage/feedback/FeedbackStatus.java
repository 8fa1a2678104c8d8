package dev.resentry.storage.feedback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people made of feedback. The words are part of the API. */
public enum FeedbackStatus {
    /** Nobody has dealt with it; what everything begins with. */
    UNRESOLVED,
    RESOLVED,
    /** Nothing will be done about it. */
    IGNORED,
    /** Nobody meant it. */
    SPAM;

    /** The words of all, for messages. */
    public static final String WORDS =
            Arrays.stream(values()).map(FeedbackStatus::wireName).collect(Collectors.joining(", "));

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FeedbackStatus> of(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }
}
