package dev.resentry.query.sentry;

import dev.resentry.model.alert.TargetType;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.storage.delivery.ShownTarget;
import dev.resentry.storage.uptime.StoredUptimeCheck;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check of whether something is there.
 *
 * @param uptimeStatus 1 if it is well, 2 if not, 0 if that is not known yet
 * @param mode 1: made by people
 * @param downtimeThreshold how many checks in a row must fail until it counts as down
 * @param body requests have none, nor headers of their own
 */
record SentryUptimeMonitor(
        String id,
        String projectSlug,
        @Nullable String environment,
        String name,
        String status,
        int uptimeStatus,
        int mode,
        @Nullable String owner,
        int recoveryThreshold,
        int downtimeThreshold,
        String url,
        String method,
        @Nullable String body,
        List<List<String>> headers,
        int intervalSeconds,
        int timeoutMs,
        boolean traceSampling,
        boolean responseCaptureEnabled) {

    /** The URL, which may let in who knows it, is whole for those only who may change checks. */
    static SentryUptimeMonitor of(StoredUptimeCheck check, Actor actor) {
        UptimeCheckSettings settings = check.settings();
        return new SentryUptimeMonitor(
                String.valueOf(check.id()),
                check.projectSlug(),
                settings.environment(),
                settings.name(),
                settings.enabled() ? "active" : "disabled",
                switch (check.state()) {
                    case UP -> 1;
                    case DOWN -> 2;
                    case UNKNOWN -> 0;
                },
                1,
                null,
                1,
                settings.failures(),
                actor.may(Scope.ALERTS_WRITE) ? settings.url() : ShownTarget.of(TargetType.WEBHOOK, settings.url()),
                settings.method(),
                null,
                List.of(),
                60 * settings.intervalMinutes(),
                1_000 * settings.timeoutSeconds(),
                false,
                false);
    }
}
