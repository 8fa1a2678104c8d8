package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.Quota;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What counts for projects without limits of their own.
 *
 * @param eventsPerMinute how many errors, messages and browser reports of a project go through in a minute; 0 refuses all, a
 *     negative number or {@code unlimited} lets all through
 */
@Validated
@ConfigurationProperties("resentry.gateway.limits")
public record LimitSettings(@NotBlank @DefaultValue("120") String eventsPerMinute) {
    /** No limit for anybody who has none of their own. */
    public static final LimitSettings UNLIMITED = new LimitSettings("unlimited");

    private static final Set<DataCategory> EVENTS =
            Set.of(DataCategory.DEFAULT, DataCategory.ERROR, DataCategory.SECURITY);

    public LimitSettings {
        eventsPerMinute = eventsPerMinute.strip();
        if (!eventsPerMinute.equals("unlimited") && !eventsPerMinute.matches("-?\\d{1,15}")) {
            throw new IllegalArgumentException(
                    "RATE_LIMIT_EVENTS_PER_MINUTE: %s (expected: a whole number or 'unlimited')"
                            .formatted(eventsPerMinute));
        }
    }

    Optional<Quota> defaultQuota() {
        if (eventsPerMinute.equals("unlimited") || eventsPerMinute.startsWith("-")) {
            return Optional.empty();
        }
        return Optional.of(new Quota(EVENTS, Long.parseLong(eventsPerMinute), Duration.ofMinutes(1), "project_quota"));
    }
}
