package dev.resentry.storage.expiry;

import dev.resentry.storage.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What lets people in only until a time, and the record of what they changed. */
final class ExpiredAccess {
    /** So long lists still show what has expired, to those who wonder why it is of no use any more. */
    private static final Duration SHOWN = Duration.ofDays(30);

    private ExpiredAccess() {}

    static List<ExpiryStep> steps(JdbcClient jdbc, Retention retention) {
        UnaryOperator<Instant> shown = now -> now.minus(SHOWN);
        return List.of(
                step(jdbc, "user_sessions", "expires_at", UnaryOperator.identity()),
                step(jdbc, "password_resets", "expires_at", UnaryOperator.identity()),
                step(jdbc, "login_failures", "expires_at", UnaryOperator.identity()),
                step(jdbc, "invitations", "expires_at", shown),
                step(jdbc, "api_tokens", "expires_at", shown),
                step(jdbc, "audit_log", "at", retention::auditKeptFrom));
    }

    private static ExpiryStep step(JdbcClient jdbc, String table, String time, UnaryOperator<Instant> before) {
        String sql = """
                DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM %1$s WHERE %2$s < :before ORDER BY %2$s LIMIT :rows))
                """.formatted(table, time);
        return new ExpiredRows(jdbc, table, sql, before);
    }
}
