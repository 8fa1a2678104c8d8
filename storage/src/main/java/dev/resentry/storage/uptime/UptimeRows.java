package dev.resentry.storage.uptime;

import dev.resentry.model.uptime.ExpectedStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads rows of checks, of a table named {@code c}. */
final class UptimeRows {
    static final String SETTINGS =
            "c.name, c.url, c.method, c.interval_minutes, c.timeout_seconds, c.expected_status, c.expected_text, c.environment, c.failures_needed, c.enabled";

    static final String LAST = "c.last_at, c.last_ok, c.last_status, c.last_duration_ms, c.last_error, c.last_location";

    private UptimeRows() {}

    static UptimeCheckSettings settings(ResultSet row) throws SQLException {
        return new UptimeCheckSettings(
                row.getString("name"),
                row.getString("url"),
                row.getString("method"),
                row.getInt("interval_minutes"),
                row.getInt("timeout_seconds"),
                ExpectedStatus.parse(row.getString("expected_status")),
                row.getString("expected_text"),
                row.getString("environment"),
                row.getInt("failures_needed"),
                row.getBoolean("enabled"));
    }

    static @Nullable UptimeResult last(ResultSet row) throws SQLException {
        Instant at = instant(row, "last_at");
        return at == null
                ? null
                : new UptimeResult(
                        at,
                        row.getBoolean("last_ok"),
                        row.getObject("last_status", Integer.class),
                        row.getInt("last_duration_ms"),
                        row.getString("last_error"),
                        row.getString("last_location"));
    }

    static UptimeResult result(ResultSet row) throws SQLException {
        return new UptimeResult(
                required(row, "at"),
                row.getBoolean("ok"),
                row.getObject("status", Integer.class),
                row.getInt("duration_ms"),
                row.getString("error"),
                row.getString("location"));
    }

    static StoredUptimeCheck check(ResultSet row) throws SQLException {
        return new StoredUptimeCheck(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getString("slug"),
                settings(row),
                required(row, "created_at"),
                UptimeState.of(row.getString("state")),
                required(row, "since"),
                row.getInt("failures"),
                required(row, "next_at"),
                last(row));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
