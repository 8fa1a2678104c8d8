package dev.resentry.storage.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log.
 *
 * @param occurredAt by its own clock
 * @param sequence the order that its sender gives to logs of one moment
 * @param spanId in hex
 * @param level trace, debug, info, warn, error or fatal
 * @param severity a number of OpenTelemetry, 1 to 24
 * @param attributesJson its attributes as a JSON object of values; null where they are too large for a list
 * @param shortened whether there is more of its body or its attributes
 */
public record StoredLog(
        LogId id,
        long projectId,
        Instant occurredAt,
        long sequence,
        @Nullable UUID traceId,
        @Nullable String spanId,
        String level,
        int severity,
        String body,
        @Nullable String environment,
        @Nullable String release,
        @Nullable String sdkName,
        @Nullable String serverAddress,
        @Nullable String attributesJson,
        boolean shortened) {

    private static final String COLUMNS = """
            l.received_at, l.envelope_id, l.position, l.index, l.project_id, l.occurred_at, l.sequence, l.trace_id, l.span_id, l.level,
            l.severity_number, l.environment, l.release, l.sdk_name, l.server_address
            """;

    static final String WHOLE = COLUMNS + ", l.body, l.attributes::text AS attributes, false AS shortened ";

    /** For lists: a page has up to 200 logs, and one may have megabytes. */
    static final String SHORTENED = COLUMNS + """
            , left(l.body, 4000) AS body,
            CASE WHEN octet_length(l.attributes::text) <= 8192 THEN l.attributes::text END AS attributes,
            length(l.body) > 4000 OR octet_length(l.attributes::text) > 8192 AS shortened
            """;

    static StoredLog of(ResultSet row) throws SQLException {
        return new StoredLog(
                new LogId(
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getObject("envelope_id", UUID.class),
                        row.getInt("position"),
                        row.getInt("index")),
                row.getLong("project_id"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getLong("sequence"),
                row.getObject("trace_id", UUID.class),
                row.getString("span_id"),
                row.getString("level"),
                row.getInt("severity_number"),
                row.getString("body"),
                row.getString("environment"),
                row.getString("release"),
                row.getString("sdk_name"),
                row.getString("server_address"),
                row.getString("attributes"),
                row.getBoolean("shortened"));
    }

    /** Its place in the order of logs. */
    public LogPosition at() {
        return new LogPosition(occurredAt, sequence, id);
    }
}
