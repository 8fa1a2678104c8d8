package dev.resentry.storage.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a webhook can be told of. */
public enum WebhookEvent {
    ISSUE_CREATED,
    ISSUE_RESOLVED,
    ISSUE_REGRESSED,
    ISSUE_UNRESOLVED,
    ISSUE_ASSIGNED,
    ISSUE_IGNORED,
    COMMENT_CREATED,
    ALERT_FIRED,
    RELEASE_CREATED,
    DEPLOYMENT_CREATED;

    /** The words of all events, for messages. */
    public static final String WORDS =
            Arrays.stream(values()).map(WebhookEvent::wireName).collect(Collectors.joining(", "));

    /** The word in the API and in what is sent, such as {@code issue.created}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    public static Optional<WebhookEvent> of(String wireName) {
        return Arrays.stream(values())
                .filter(event -> event.wireName().equals(wireName))
                .findFirst();
    }
}
