package dev.resentry.clickhouse.sink;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.storage.analytics.AnalyticsRows;
import dev.resentry.storage.analytics.AnalyticsRows.SessionPlace;
import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.analytics.RowPlace;
import dev.resentry.storage.session.SessionResolution;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Makes the copy of some places what PostgreSQL has there now. All rows of a batch have a version that is older than the reading of them,
 * and one batch of all processes is written at a time: so a row of the highest version has what was true last, in whatever order and
 * however often places come.
 */
final class ClickHouseCopy {
    /** Places that are read at once, and that a statement names. */
    private static final int PLACES = 500;

    private static final Duration LOOK_WITHIN = Duration.ofSeconds(30);

    private final AnalyticsRows rows;
    private final ClickHouseClient client;
    private final Runnable refused;

    /** @param refused is told of each row that ClickHouse does not take */
    ClickHouseCopy(AnalyticsRows rows, ClickHouseClient client, Runnable refused) {
        this.rows = rows;
        this.client = client;
        this.refused = refused;
    }

    /**
     * Copies places again; how many rows were written.
     *
     * @return -1 if another process is writing
     */
    long write(CopyBatch batch) {
        long[] written = {0};
        boolean done = rows.alone(() -> {
            long version = rows.version();
            for (AnalyticsTable table : AnalyticsTable.ALL) {
                var writer = new RowWriter(client, table.name(), refused);
                for (List<RowPlace> some : parts(List.copyOf(batch.places(table)))) {
                    rows.read(table, some, version, writer::add);
                }
                written[0] += writer.finish();
            }
            for (SessionResolution resolution : SessionResolution.values()) {
                var writer = new RowWriter(client, resolution.table(), refused);
                for (List<SessionPlace> some : parts(List.copyOf(batch.sessions()))) {
                    rows.sessions(resolution, some, version, writer::add);
                }
                written[0] += writer.finish();
            }
            removeGone(batch.changed(), version);
        });
        return done ? written[0] : -1;
    }

    /** Removes what no batch has written since, as it is not there any more. */
    private void removeGone(Set<RowPlace> changed, long version) {
        Map<Long, List<Instant>> byProject = changed.stream()
                .collect(Collectors.groupingBy(
                        RowPlace::projectId,
                        TreeMap::new,
                        Collectors.mapping(RowPlace::receivedAt, Collectors.toList())));
        byProject.forEach((project, ats) -> {
            for (List<Instant> some : parts(ats.stream().sorted().toList())) {
                Map<String, Object> parameters = Map.of(
                        "project", project,
                        "first", some.getFirst().toString(),
                        "last", some.getLast().toString(),
                        "ats",
                                some.stream()
                                        .map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at))
                                        .toList(),
                        "version", version);
                for (AnalyticsTable table : AnalyticsTable.ALL) {
                    removeGone(table, parameters);
                }
            }
        });
    }

    private void removeGone(AnalyticsTable table, Map<String, Object> parameters) {
        String where = """
            project_id = {project:Int64} AND version < {version:UInt64}
            AND received BETWEEN parseDateTime64BestEffort({first:String}, 6, 'UTC')
                             AND parseDateTime64BestEffort({last:String}, 6, 'UTC')
            AND toUnixTimestamp64Micro(received) IN {ats:Array(Int64)}
            """;
        long gone = client.query(
                        "SELECT count() FROM %s FINAL WHERE %s".formatted(table.name(), where), parameters, LOOK_WITHIN)
                .getFirst()
                .path(0)
                .asLong();
        if (gone > 0) {
            client.execute("DELETE FROM %s WHERE %s".formatted(table.name(), where), parameters);
        }
    }

    /** Removes what is of projects that are deleted; how many projects. */
    int removeDeletedProjects() {
        List<String> tables = Stream.concat(
                        AnalyticsTable.ALL.stream().map(AnalyticsTable::name),
                        Stream.of(SessionResolution.values()).map(SessionResolution::table))
                .toList();
        Set<Long> deleted = new HashSet<>();
        for (String table : tables) {
            Set<Long> copied = new HashSet<>();
            for (JsonNode row : client.query("SELECT DISTINCT project_id FROM " + table, Map.of(), LOOK_WITHIN)) {
                copied.add(row.path(0).asLong());
            }
            // Asked for behind what is copied: a project is there before its data.
            copied.removeAll(rows.projects());
            if (!copied.isEmpty()) {
                client.execute(
                        "DELETE FROM %s WHERE project_id IN {projects:Array(Int64)}".formatted(table),
                        Map.of("projects", List.copyOf(copied)));
                deleted.addAll(copied);
            }
        }
        return deleted.size();
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PLACES) {
            parts.add(all.subList(from, Math.min(from + PLACES, all.size())));
        }
        return parts;
    }
}
