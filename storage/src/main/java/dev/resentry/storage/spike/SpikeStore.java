package dev.resentry.storage.spike;

import dev.resentry.storage.lease.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps spikes as they are found. Each method is one statement; of a project and of an issue one spike at most is open. */
public final class SpikeStore {
    private static final String TURN = "spikes";

    private static final String OPEN = """
            SELECT id, project_id, issue_id, started_at, last_at, peak, threshold FROM spikes WHERE ended_at IS NULL
            """;

    private static final String BEGIN = """
            INSERT INTO spikes (project_id, issue_id, started_at, noted_at, last_at, peak, usual, threshold, short_history)
            SELECT n.project_id, n.issue_id, n.started_at, :now, n.last_at, n.peak, n.usual, n.threshold, n.short
            FROM unnest(:projects::bigint[], :issues::bigint[], :started::text[]::timestamptz[], :last::text[]::timestamptz[],
                        :peaks::bigint[], :usual::bigint[], :thresholds::bigint[], :short::boolean[])
                AS n(project_id, issue_id, started_at, last_at, peak, usual, threshold, short)
            JOIN projects p ON p.id = n.project_id
            ON CONFLICT (project_id, issue_id) WHERE ended_at IS NULL DO NOTHING
            """;

    private static final String GO_ON = """
            UPDATE spikes s SET last_at = n.last_at, peak = n.peak
            FROM unnest(:ids::bigint[], :last::text[]::timestamptz[], :peaks::bigint[]) AS n(id, last_at, peak)
            WHERE s.id = n.id AND s.ended_at IS NULL
            """;

    /** The issues with the most events in the hours of the spike are enough to find the one that grew most. */
    private static final String NAME_ISSUES = """
            UPDATE spikes s SET cause_issue = cause.id, cause_issue_events = cause.events, cause_issue_usual = cause.usual
            FROM spikes open
            CROSS JOIN LATERAL (
                SELECT date_trunc('hour', open.started_at, 'UTC') AS hour,
                       floor(extract(epoch FROM :now::timestamptz - date_trunc('hour', open.started_at, 'UTC')) / 3600) + 1 AS hours) AS since
            CROSS JOIN LATERAL (
                SELECT busy.id, busy.events, coalesce(round(before.events * since.hours / 168.0), 0) AS usual
                FROM (SELECT i.id, sum(h.events) AS events
                      FROM issues i JOIN issue_hours h ON h.issue_id = i.id AND h.hour >= since.hour
                      WHERE i.project_id = open.project_id AND i.last_seen >= open.started_at
                      GROUP BY i.id ORDER BY events DESC, i.id LIMIT 50) AS busy
                CROSS JOIN LATERAL (
                    SELECT sum(events) AS events FROM issue_hours
                    WHERE issue_id = busy.id AND hour >= since.hour - interval '7 days' AND hour < since.hour) AS before
                ORDER BY busy.events - coalesce(before.events * since.hours / 168.0, 0) DESC, busy.id
                LIMIT 1) AS cause
            WHERE s.id = open.id AND open.ended_at IS NULL AND open.issue_id = 0 AND cause.events > cause.usual
            """;

    private static final String NAME_RELEASES = """
            UPDATE spikes s
            SET cause_release = cause.release, cause_release_events = cause.events, cause_release_usual = cause.usual
            FROM spikes open
            CROSS JOIN LATERAL (
                SELECT date_trunc('hour', open.started_at, 'UTC') AS hour,
                       floor(extract(epoch FROM :now::timestamptz - date_trunc('hour', open.started_at, 'UTC')) / 3600) + 1 AS hours) AS since
            CROSS JOIN LATERAL (
                SELECT busy.release, busy.events, coalesce(round(before.events * since.hours / 168.0), 0) AS usual
                FROM (SELECT release, sum(events) AS events FROM release_hours
                      WHERE project_id = open.project_id AND hour >= since.hour
                      GROUP BY release ORDER BY events DESC, release LIMIT 50) AS busy
                CROSS JOIN LATERAL (
                    SELECT sum(events) AS events FROM release_hours
                    WHERE project_id = open.project_id AND release = busy.release
                      AND hour >= since.hour - interval '7 days' AND hour < since.hour) AS before
                ORDER BY busy.events - coalesce(before.events * since.hours / 168.0, 0) DESC, busy.release
                LIMIT 1) AS cause
            WHERE s.id = open.id AND open.ended_at IS NULL AND open.issue_id = 0 AND cause.events > cause.usual
            """;

    private final JdbcClient jdbc;
    private final Leases leases;

    public SpikeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.leases = new Leases(jdbc);
    }

    /** Whether it is this process's turn to look; nobody else's until {@code lasts} has passed. */
    public boolean takeTurn(Duration lasts) {
        return leases.take(TURN, UUID.randomUUID().toString(), lasts);
    }

    /** The spikes that are not over. */
    public List<OpenSpike> open() {
        return jdbc.sql(OPEN)
                .query((row, _) -> new OpenSpike(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getLong(6),
                        row.getLong(7)))
                .list();
    }

    /** Adds spikes; one of something that has an open one already adds nothing. */
    public void begin(List<NewSpike> spikes, Instant now) {
        if (spikes.isEmpty()) {
            return;
        }
        jdbc.sql(BEGIN)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("projects", longs(spikes, NewSpike::projectId))
                .param("issues", longs(spikes, NewSpike::issueId))
                .param("started", times(spikes, NewSpike::startedAt))
                .param("last", times(spikes, NewSpike::lastAt))
                .param("peaks", longs(spikes, NewSpike::peak))
                .param("usual", longs(spikes, NewSpike::usual))
                .param("thresholds", longs(spikes, NewSpike::threshold))
                .param("short", spikes.stream().map(NewSpike::hasShortHistory).toArray(Boolean[]::new))
                .update();
    }

    /** Writes how long spikes have lasted, and how large they have become. */
    public void goOn(List<OpenSpike> spikes) {
        if (spikes.isEmpty()) {
            return;
        }
        jdbc.sql(GO_ON)
                .param("ids", longs(spikes, OpenSpike::id))
                .param("last", times(spikes, OpenSpike::lastAt))
                .param("peaks", longs(spikes, OpenSpike::peak))
                .update();
    }

    /** Ends spikes. */
    public void end(List<OpenSpike> spikes, Instant now) {
        if (spikes.isEmpty()) {
            return;
        }
        jdbc.sql("UPDATE spikes SET ended_at = :now WHERE id = ANY (:ids) AND ended_at IS NULL")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("ids", longs(spikes, OpenSpike::id))
                .update();
    }

    /**
     * Names of the open spikes of projects the issue and the release whose events have grown most since the hour in which the spike
     * began, over the average of as many hours of the week before.
     */
    public void nameCauses(Instant now) {
        for (String statement : List.of(NAME_ISSUES, NAME_RELEASES)) {
            jdbc.sql(statement).param("now", now.atOffset(ZoneOffset.UTC)).update();
        }
    }

    private static <T> Long[] longs(List<T> spikes, Function<T, Long> value) {
        return spikes.stream().map(value).toArray(Long[]::new);
    }

    private static <T> String[] times(List<T> spikes, Function<T, Instant> value) {
        return spikes.stream().map(value).map(Instant::toString).toArray(String[]::new);
    }
}
