package dev.resentry.storage.notification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Of what somebody can be told by mail. Everybody is told of everything that they have not turned off. */
public enum NotificationKind {
    /** An issue was given to me. */
    ASSIGNED,
    /** Somebody named me in a comment. */
    MENTIONED,
    /** An issue that is mine, or that I resolved, happened again. */
    REGRESSION,
    /** Somebody commented on an issue that is mine, or on which I commented. */
    COMMENTS,
    /** An alert rule that names me or my team fired. */
    ALERTS;

    /** The words of all kinds, for messages. */
    public static final String WORDS =
            Arrays.stream(values()).map(NotificationKind::wireName).collect(Collectors.joining(", "));

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NotificationKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }
}
