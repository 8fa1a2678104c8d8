package dev.resentry.storage.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where processes register. One that was killed stays for a day, so that its end is seen. */
public final class ProcessRegistry {
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final String NOTE = """
            INSERT INTO processes (id, kind, host, version, started_at, last_seen_at, state, cause)
            VALUES (:id, :kind, :host, :version, :started, :seen, :state, :cause)
            ON CONFLICT (id) DO UPDATE
                SET last_seen_at = excluded.last_seen_at, state = excluded.state, cause = excluded.cause
            """;

    private final JdbcClient jdbc;

    public ProcessRegistry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that a process lives and how it fares. */
    public void note(RegisteredProcess process) {
        jdbc.sql(NOTE)
                .param("id", process.id())
                .param("kind", process.kind())
                .param("host", process.host())
                .param("version", process.version())
                .param("started", utc(process.startedAt()))
                .param("seen", utc(process.lastSeenAt()))
                .param("state", process.state())
                .param("cause", process.cause())
                .update();
    }

    /** Forgets a process that has stopped. */
    public void remove(UUID id) {
        jdbc.sql("DELETE FROM processes WHERE id = :id").param("id", id).update();
    }

    /** Forgets processes of which nothing was seen for a day. */
    public void forgetOld(Instant now) {
        jdbc.sql("DELETE FROM processes WHERE last_seen_at < :before")
                .param("before", utc(now.minus(REMEMBERED)))
                .update();
    }

    /** All that are known, by kind and host. */
    public List<RegisteredProcess> list() {
        return jdbc.sql("""
                        SELECT id, kind, host, version, started_at, last_seen_at, state, cause FROM processes
                        ORDER BY kind, host, started_at, id
                        """).query((row, _) -> process(row)).list();
    }

    private static RegisteredProcess process(ResultSet row) throws SQLException {
        return new RegisteredProcess(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("host"),
                row.getString("version"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                row.getString("state"),
                row.getString("cause"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
