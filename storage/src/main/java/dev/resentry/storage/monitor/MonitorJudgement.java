package dev.resentry.storage.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Looks at the newest check-ins of environments, and notes what follows: how they fare, when they are due, and whether an incident begins
 * or ends. Whoever has judged has the lock of the monitors.
 */
final class MonitorJudgement {
    private static final String ENVIRONMENTS = """
            SELECT e.id, m.scheduled_since, e.incident_event_id IS NOT NULL AND e.incident_over_at IS NULL AS failing, %s
            FROM monitor_environments e JOIN monitors m ON m.id = e.monitor_id
            WHERE e.id = ANY (:environments)
            ORDER BY e.id
            """.formatted(MonitorRows.SETTINGS);

    private static final String NOTE = """
            UPDATE monitor_environments
            SET status = :status, last_at = :last, next_at = :next, late_at = :late, failures = :failures
            WHERE id = :id
            """;

    private static final String OPEN = """
            UPDATE monitor_environments
            SET incident_event_id = :event, last_event_id = :event, incident_since = :since, incident_told = false,
                incident_details = :details::json, incident_over_at = NULL
            WHERE id = :id
            """;

    private static final String CLOSE = "UPDATE monitor_environments SET incident_over_at = :at WHERE id = :id";

    private final JdbcClient jdbc;

    MonitorJudgement(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Judged(long id, Instant scheduledSince, boolean failing, MonitorSettings settings) {}

    void judge(Collection<Long> environments) {
        Map<Long, List<StoredCheckIn>> newest = new CheckInRows(jdbc).newest(environments, EnvironmentState.LOOKED_AT);
        jdbc.sql(ENVIRONMENTS)
                .param("environments", environments.toArray(Long[]::new))
                .query((row, _) -> new Judged(
                        row.getLong("id"),
                        MonitorRows.required(row, "scheduled_since"),
                        row.getBoolean("failing"),
                        MonitorRows.settings(row)))
                .list()
                .forEach(one -> judge(one, newest.getOrDefault(one.id(), List.of())));
    }

    private void judge(Judged judged, List<StoredCheckIn> newest) {
        MonitorSettings settings = judged.settings();
        EnvironmentState state = EnvironmentState.of(settings, judged.scheduledSince(), newest);
        Instant next = state.nextAt();
        jdbc.sql(NOTE)
                .param("id", judged.id())
                .param("status", state.status())
                .param("last", MonitorRows.time(state.lastAt()))
                .param("next", MonitorRows.time(next))
                .param("late", MonitorRows.time(next == null ? null : next.plus(settings.margin())))
                .param("failures", state.failures())
                .update();
        if (judged.failing()) {
            if (state.successes() >= settings.recoveryThreshold()) {
                jdbc.sql(CLOSE)
                        .param("id", judged.id())
                        .param(
                                "at",
                                MonitorRows.time(
                                        requireNonNull(newest.getFirst().at())))
                        .update();
            }
        } else if (state.failures() >= settings.failureThreshold() && settings.status() == MonitorStatus.ACTIVE) {
            open(judged.id(), requireNonNull(state.failing()), state.failures());
        }
    }

    private void open(long environment, StoredCheckIn failing, int failures) {
        jdbc.sql(OPEN)
                .param("id", environment)
                .param("event", eventId(environment, failing))
                .param("since", MonitorRows.time(failing.at()))
                .param("details", details(failing, failures))
                .update();
    }

    /** An incident has one event, however often it is told. */
    private static UUID eventId(long environment, StoredCheckIn failing) {
        return UUID.nameUUIDFromBytes(
                "cron %d %s".formatted(environment, failing.id()).getBytes(UTF_8));
    }

    private static String details(StoredCheckIn failing, int failures) {
        @Nullable Instant expected = failing.expectedAt();
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", failing.status().wireName())
                .put("check_in_id", failing.id().toString())
                .put("at", whenFound(failing).toString())
                .put("expected_at", expected == null ? null : expected.toString())
                .put("failures", failures)
                .toString();
    }

    private static Instant whenFound(StoredCheckIn failing) {
        @Nullable Instant ended = failing.endedAt();
        return switch (failing.status()) {
            case TIMEOUT -> failing.timeoutAt();
            case ERROR, OK, MISSED, IN_PROGRESS, UNKNOWN -> ended == null ? failing.at() : ended;
        };
    }
}
