package dev.resentry.clickhouse.read;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.ClickHouseException;
import dev.resentry.storage.analytics.CopyUnavailableException;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCopy;
import dev.resentry.storage.session.SessionCounts;
import dev.resentry.storage.session.SessionResolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what is counted of sessions from the copy. */
final class ClickHouseSessions implements SessionCopy {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final ClickHouseClient client;

    ClickHouseSessions(ClickHouseClient client) {
        this.client = client;
    }

    @Override
    public List<SessionCounts> series(
            long projectId, @Nullable String release, @Nullable Set<String> environments, SessionBuckets buckets) {
        var parameters = new ClickHouseParameters();
        SessionResolution resolution = buckets.resolution();
        List<String> conditions = new ArrayList<>();
        conditions.add("project_id = " + parameters.bind("Int64", projectId));
        conditions.add("%s >= %s".formatted(resolution.column(), ClickHouseSearch.time(parameters, buckets.from())));
        conditions.add("%s < %s".formatted(resolution.column(), ClickHouseSearch.time(parameters, buckets.to())));
        if (release != null) {
            conditions.add("release = " + parameters.bind("String", release));
        }
        if (environments != null) {
            conditions.add("environment IN " + parameters.bind("Array(String)", List.copyOf(environments)));
        }
        String sql = """
            SELECT toUnixTimestamp(%1$s), sum(t.sessions), sum(t.errored), sum(t.unhandled), sum(t.abnormal), sum(t.crashed),
                   sum(t.durations), sum(t.duration_ms)
            FROM %2$s AS t FINAL WHERE %3$s GROUP BY %1$s
            """.formatted(resolution.column(), resolution.table(), String.join(" AND ", conditions));
        SessionCounts[] series = new SessionCounts[buckets.count()];
        Arrays.fill(series, SessionCounts.NONE);
        try {
            for (JsonNode row : client.query(sql, parameters.values(), WITHIN)) {
                int number = buckets.of(Instant.ofEpochSecond(row.path(0).asLong()));
                series[number] = series[number].plus(counts(row));
            }
        } catch (ClickHouseException e) {
            throw new CopyUnavailableException(e);
        }
        return List.of(series);
    }

    private static SessionCounts counts(JsonNode row) {
        return new SessionCounts(
                row.path(1).asLong(),
                row.path(2).asLong(),
                row.path(3).asLong(),
                row.path(4).asLong(),
                row.path(5).asLong(),
                row.path(6).asLong(),
                row.path(7).asLong());
    }
}
