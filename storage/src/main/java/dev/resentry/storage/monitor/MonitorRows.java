package dev.resentry.storage.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.cron.CheckInStatus;
import dev.resentry.model.cron.CronSchedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes rows of monitors, of a table named {@code m}, and of check-ins, of one named {@code c}. */
final class MonitorRows {
    static final String SETTINGS = """
            m.slug, m.name, m.status AS monitor_status, m.schedule_type, m.schedule, m.time_zone, m.margin_minutes,
            m.max_runtime_minutes, m.failure_threshold, m.recovery_threshold, m.owner
            """;

    static final String CHECK_IN = """
            c.environment_id, c.id, c.at, c.status, c.expected_at, c.ended_at, c.duration_ms, c.timeout_at, c.release, c.trace_id,
            c.ended_by, c.problem
            """;

    private MonitorRows() {}

    static MonitorSettings settings(ResultSet row) throws SQLException {
        String type = row.getString("schedule_type");
        return new MonitorSettings(
                row.getString("slug"),
                row.getString("name"),
                MonitorStatus.of(row.getString("monitor_status")),
                type == null ? null : CronSchedule.of(type, row.getString("schedule")),
                ZoneId.of(row.getString("time_zone")),
                row.getInt("margin_minutes"),
                row.getInt("max_runtime_minutes"),
                row.getInt("failure_threshold"),
                row.getInt("recovery_threshold"),
                row.getString("owner"));
    }

    /** Binds what {@link #settings} reads. */
    static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, MonitorSettings settings) {
        CronSchedule schedule = settings.schedule();
        return statement
                .param("slug", settings.slug())
                .param("name", stored(settings.name()))
                .param("status", settings.status().wireName())
                .param("schedule_type", schedule == null ? null : schedule.type())
                .param("schedule", schedule == null ? null : schedule.text())
                .param("time_zone", settings.timeZone().getId())
                .param("margin", settings.marginMinutes())
                .param("max_runtime", settings.maxRuntimeMinutes())
                .param("failure_threshold", settings.failureThreshold())
                .param("recovery_threshold", settings.recoveryThreshold())
                .param("owner", stored(settings.owner()));
    }

    static StoredCheckIn checkIn(ResultSet row) throws SQLException {
        return new StoredCheckIn(
                row.getLong("environment_id"),
                row.getObject("id", UUID.class),
                required(row, "at"),
                CheckInStatus.of(row.getString("status")),
                instant(row, "expected_at"),
                instant(row, "ended_at"),
                row.getObject("duration_ms", Long.class),
                required(row, "timeout_at"),
                row.getString("release"),
                row.getObject("trace_id", UUID.class),
                row.getObject("ended_by", UUID.class),
                row.getString("problem"));
    }

    /** Without what PostgreSQL's texts cannot hold: the character NUL, and halves of characters. */
    static @Nullable String stored(@Nullable String text) {
        return text == null ? null : new String(text.replace('\0', ' ').getBytes(UTF_8), UTF_8);
    }

    static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
