package dev.resentry.query.webhook;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.notification.NotificationKind;
import dev.resentry.storage.notification.NotificationSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Of what people want to be told by mail. */
@NativeApi
@Tag(name = "Account")
class NotificationController {
    private final NotificationSettings settings;
    private final AuditLog audit;

    NotificationController(NotificationSettings settings, AuditLog audit) {
        this.settings = settings;
        this.audit = audit;
    }

    /**
     * Of what somebody is told by mail.
     *
     * @param assigned an issue was given to me
     * @param mentioned somebody named me in a comment
     * @param regression an issue that is mine, or that I resolved, happened again
     * @param comments somebody commented on an issue that is mine, or on which I commented
     * @param alerts an alert rule that names me or my team fired
     */
    @Schema(name = "NotificationSettings")
    record NotificationAnswer(
            boolean assigned, boolean mentioned, boolean regression, boolean comments, boolean alerts) {}

    /** What is to be changed of the settings; null leaves it as it is. */
    @Schema(name = "NotificationChange")
    record NotificationChange(
            @Nullable Boolean assigned,
            @Nullable Boolean mentioned,
            @Nullable Boolean regression,
            @Nullable Boolean comments,
            @Nullable Boolean alerts) {
        Map<NotificationKind, Boolean> given() {
            Map<NotificationKind, Boolean> given = new EnumMap<>(NotificationKind.class);
            for (NotificationKind kind : NotificationKind.values()) {
                Boolean wanted = switch (kind) {
                    case ASSIGNED -> assigned;
                    case MENTIONED -> mentioned;
                    case REGRESSION -> regression;
                    case COMMENTS -> comments;
                    case ALERTS -> alerts;
                };
                if (wanted != null) {
                    given.put(kind, wanted);
                }
            }
            return given;
        }
    }

    @AllowedToPeople
    @GetMapping("/api/v1/me/notifications")
    NotificationAnswer get(Actor actor) {
        return answer(settings.of(actor.userId()));
    }

    @AllowedToPeople
    @PutMapping("/api/v1/me/notifications")
    NotificationAnswer replace(@Valid @RequestBody NotificationChange change, Actor actor) {
        return audit.inTransaction(() -> {
            NotificationAnswer before = answer(settings.of(actor.userId()));
            settings.save(actor.userId(), change.given());
            NotificationAnswer after = answer(settings.of(actor.userId()));
            if (!after.equals(before)) {
                audit.record(
                        actor,
                        "user.notifications_changed",
                        new AuditLog.Target("user", actor.userId(), actor.email()),
                        before,
                        after);
            }
            return after;
        });
    }

    private static NotificationAnswer answer(Map<NotificationKind, Boolean> settings) {
        return new NotificationAnswer(
                settings.getOrDefault(NotificationKind.ASSIGNED, true),
                settings.getOrDefault(NotificationKind.MENTIONED, true),
                settings.getOrDefault(NotificationKind.REGRESSION, true),
                settings.getOrDefault(NotificationKind.COMMENTS, true),
                settings.getOrDefault(NotificationKind.ALERTS, true));
    }
}
