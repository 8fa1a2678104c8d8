package dev.resentry.storage.webhook;

import dev.resentry.model.alert.TargetType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** In which form a webhook is told. */
public enum WebhookFormat {
    /** Our own, signed. */
    LEAN(TargetType.WEBHOOK),
    /** That of Sentry's integration platform, signed. */
    SENTRY(TargetType.SENTRY_WEBHOOK),
    /** That of Sentry's old webhooks plugin, which is not signed. */
    PLUGIN(TargetType.SENTRY_PLUGIN);

    /** The words of all forms, for messages. */
    public static final String WORDS =
            Arrays.stream(values()).map(WebhookFormat::wireName).collect(Collectors.joining(", "));

    private final TargetType target;

    WebhookFormat(TargetType target) {
        this.target = target;
    }

    public TargetType target() {
        return target;
    }

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<WebhookFormat> of(String wireName) {
        return Arrays.stream(values())
                .filter(form -> form.wireName().equals(wireName))
                .findFirst();
    }
}
