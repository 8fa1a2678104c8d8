package dev.resentry.clickhouse.schema;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.storage.analytics.AnalyticsColumn;
import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.explore.ExploreType;
import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.session.SessionResolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables of the copy. A row with the same key and a later version takes the place of the one before: whatever is written twice
 * counts once. What this release has more is added; a copy that a later release has made is left alone.
 */
public final class ClickHouseSchema {
    /** To be raised when tables of before cannot be used any longer. */
    static final int VERSION = 1;

    /** A time of ClickHouse's TTL ends in 2106, and begins anew behind that. */
    private static final int MOST_DAYS = 20_000;

    private static final Duration LOOK_WITHIN = Duration.ofSeconds(10);

    /** What so few different values are in that they are kept once for many rows. */
    private static final Set<String> FEW_VALUES = Set.of(
            "level",
            "platform",
            "environment",
            "release",
            "transaction",
            "transaction_status",
            "transaction_op",
            "span_op",
            "span_status",
            "sdk_name",
            "sdk_version",
            "http_method",
            "error_type",
            "browser_name",
            "os_name");

    private static final String COUNTS =
            "sessions Int64, errored Int64, unhandled Int64, abnormal Int64, crashed Int64, durations Int64, duration_ms Int64";

    private final ClickHouseClient client;
    private final Retention retention;

    public ClickHouseSchema(ClickHouseClient client, Retention retention) {
        this.client = client;
        this.retention = retention;
    }

    /** Makes what is missing. Does no harm if it is done again, or by several at once. */
    public void make() {
        client.executeOutside("CREATE DATABASE IF NOT EXISTS " + client.database());
        client.execute(
                "CREATE TABLE IF NOT EXISTS schema_version (version UInt32, made_at DateTime DEFAULT now())"
                        + " ENGINE = ReplacingMergeTree ORDER BY version",
                Map.of());
        int made = client.query("SELECT max(version) FROM schema_version", Map.of(), LOOK_WITHIN)
                .getFirst()
                .path(0)
                .asInt();
        if (made > VERSION) {
            throw new IllegalStateException(
                    "database %s of ClickHouse has version %d of the schema, and this release knows %d"
                            .formatted(client.database(), made, VERSION));
        }
        for (AnalyticsTable table : AnalyticsTable.ALL) {
            make(table);
        }
        for (SessionResolution resolution : SessionResolution.values()) {
            makeSessions(resolution);
        }
        if (made < VERSION) {
            client.insert("schema_version", List.of("{\"version\":%d}".formatted(VERSION)));
        }
    }

    private void make(AnalyticsTable table) {
        List<String> columns = new ArrayList<>(List.of("version UInt64"));
        table.columns().forEach(column -> columns.add(described(table, column)));
        columns.add("tags Map(LowCardinality(String), String)");
        columns.add("measurements Map(LowCardinality(String), Float64)");
        String key = table.key().stream()
                .map(column -> "`" + column.name() + "`")
                .collect(Collectors.joining(", ", "project_id, received, ", ""));
        String ttl = ttl("received", retention.days(table.dataset().kind()));
        client.execute("""
                CREATE TABLE IF NOT EXISTS %s (%s)
                ENGINE = ReplacingMergeTree(version) PARTITION BY toYYYYMM(received) ORDER BY (%s) TTL %s
                """.formatted(table.name(), String.join(", ", columns), key, ttl), Map.of());
        Set<String> there = new HashSet<>();
        client.query(
                        "SELECT name FROM system.columns WHERE database = {database:String} AND table = {table:String}",
                        Map.of("database", client.database(), "table", table.name()),
                        LOOK_WITHIN)
                .forEach(row -> there.add(row.path(0).asString()));
        for (AnalyticsColumn column : table.columns()) {
            if (!there.contains(column.name())) {
                client.execute(
                        "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s".formatted(table.name(), described(table, column)),
                        Map.of());
            }
        }
        keepFor(table.name(), "received", retention.days(table.dataset().kind()));
    }

    private void makeSessions(SessionResolution resolution) {
        String at = resolution.column();
        int days = switch (resolution) {
            case MINUTE -> (int) SessionResolution.MINUTES_KEPT.toDays();
            case HOUR -> retention.days(DataKind.EVENTS);
        };
        client.execute("""
                CREATE TABLE IF NOT EXISTS %1$s
                    (version UInt64, project_id Int64, release String, environment String, %2$s DateTime('UTC'), %3$s)
                ENGINE = ReplacingMergeTree(version) PARTITION BY toYYYYMM(%2$s)
                ORDER BY (project_id, %2$s, release, environment) TTL %4$s
                """.formatted(resolution.table(), at, COUNTS, ttl(at, days)), Map.of());
        keepFor(resolution.table(), at, days);
    }

    /** As in PostgreSQL, what arrived on the first day that is kept is kept until that day ends. */
    private static String ttl(String column, int days) {
        return "toStartOfDay(toDateTime(%s)) + toIntervalDay(%d)".formatted(column, kept(days));
    }

    private static int kept(int days) {
        return Math.min(days + 1, MOST_DAYS);
    }

    private void keepFor(String table, String column, int days) {
        String engine = client.query(
                        "SELECT engine_full FROM system.tables WHERE database = {database:String} AND name = {table:String}",
                        Map.of("database", client.database(), "table", table),
                        LOOK_WITHIN)
                .getFirst()
                .path(0)
                .asString();
        if (!engine.contains("toIntervalDay(%d)".formatted(kept(days)))) {
            client.execute("ALTER TABLE %s MODIFY TTL %s".formatted(table, ttl(column, days)), Map.of());
        }
    }

    private static String described(AnalyticsTable table, AnalyticsColumn column) {
        String name = "`" + column.name() + "` ";
        if (table.key().contains(column)) {
            return name + (column.type() == ExploreType.UUID ? "UUID" : "Int64");
        }
        if (column.name().equals("received")) {
            return name + "DateTime64(6, 'UTC')";
        }
        if (column.name().equals("project_id")) {
            return name + "Int64";
        }
        return name
                + switch (column.type()) {
                    case STRING, ISSUE ->
                        FEW_VALUES.contains(column.name()) ? "LowCardinality(Nullable(String))" : "Nullable(String)";
                    case INTEGER -> "Nullable(Int64)";
                    case NUMBER, DURATION, PERCENTAGE -> "Nullable(Float64)";
                    case DATE -> "Nullable(DateTime64(6, 'UTC'))";
                    case BOOLEAN -> "Nullable(Bool)";
                    case UUID -> "Nullable(UUID)";
                };
    }
}
