package dev.resentry.storage.spike;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads from roll-ups what spikes are found by: each question is one query for all projects, or all issues. */
public final class SpikeCounts {
    private static final int DAY_HOURS = 24;
    private static final int HOUR_MINUTES = 60;

    private static final String MINUTES = """
            SELECT p.id, m.minute, m.events
            FROM projects p
            CROSS JOIN LATERAL (
                SELECT minute, sum(events)::bigint AS events FROM project_minutes
                WHERE project_id = p.id AND minute >= :from AND minute <= :to
                GROUP BY minute) AS m
            WHERE p.status = 'active'
            """;

    private static final String FIRST_HOURS = """
            SELECT p.id, first.hour
            FROM unnest(:projects::bigint[]) AS p(id)
            CROSS JOIN LATERAL (SELECT hour FROM project_hours WHERE project_id = p.id ORDER BY hour LIMIT 1) AS first
            """;

    private static final String YESTERDAY = """
            SELECT project_id, minute, sum(events)::bigint FROM project_minutes
            WHERE project_id = ANY (:projects) AND minute >= :from AND minute < :to
            GROUP BY project_id, minute
            """;

    private static final String EARLIER = """
            SELECT project_id, hour, sum(events)::bigint FROM project_hours
            WHERE project_id = ANY (:projects) AND hour = ANY (:hours::text[]::timestamptz[])
            GROUP BY project_id, hour
            """;

    /** Those that happened last; an installation with more of them in an hour is looked at in part. */
    private static final String BUSY_ISSUES = """
            SELECT i.id, i.project_id, i.first_seen, h.events
            FROM (SELECT id, project_id, first_seen FROM issues
                  WHERE last_seen >= :hour AND last_seen < :until AND status <> 'ignored'
                  ORDER BY last_seen DESC LIMIT 100000) AS i
            CROSS JOIN LATERAL (
                SELECT sum(events)::bigint AS events FROM issue_hours WHERE issue_id = i.id AND hour = :hour) AS h
            WHERE h.events >= :least OR (h.events > 0 AND i.id = ANY (:also))
            """;

    private static final String ISSUE_HOURS = """
            SELECT issue_id, hour, sum(events)::bigint FROM issue_hours
            WHERE issue_id = ANY (:issues) AND hour >= :from AND hour < :to
            GROUP BY issue_id, hour
            """;

    private final JdbcClient jdbc;

    public SpikeCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a project had in the same hour of the days before. */
    public static final class SameHour {
        private static final SameHour NONE = new SameHour(0, 0);

        private final long[] yesterday;
        private final long[] earlier;

        private SameHour(int minutes, int daysBefore) {
            this.yesterday = new long[minutes];
            this.earlier = new long[daysBefore];
        }

        /** Whether the project is younger than a day. */
        public boolean isUnknown() {
            return yesterday.length == 0;
        }

        /** The events of the 60 minutes of the day before. */
        public long[] yesterday() {
            return yesterday.clone();
        }

        /** The events of the hour of each of the days before that, as many as the project is old. */
        public long[] earlier() {
            return earlier.clone();
        }
    }

    /** An issue with many events in the hour under way. */
    public record BusyIssue(long id, long projectId, Instant firstSeen, long events) {}

    /** The events of projects in minutes, by project and by when the minute begins. */
    public Map<Long, SortedMap<Instant, Long>> minutes(Instant from, Instant to) {
        Map<Long, SortedMap<Instant, Long>> minutes = new HashMap<>();
        jdbc.sql(MINUTES).param("from", utc(from)).param("to", utc(to)).query(row -> {
            minutes.computeIfAbsent(row.getLong(1), _ -> new TreeMap<>()).put(at(row, 2), row.getLong(3));
        });
        return minutes;
    }

    /**
     * What projects had at the same time of the day.
     *
     * @param days how many are looked back at most
     */
    public Map<Long, SameHour> sameHours(Collection<Long> projects, Instant now, int days) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        Long[] ids = projects.toArray(Long[]::new);
        Map<Long, SameHour> known = new HashMap<>();
        projects.forEach(project -> known.put(project, SameHour.NONE));
        jdbc.sql(FIRST_HOURS).param("projects", ids).query(row -> {
            long age = ChronoUnit.HOURS.between(at(row, 2), hour) / DAY_HOURS;
            if (age > 0) {
                known.put(row.getLong(1), new SameHour(HOUR_MINUTES, (int) Math.min(age, days) - 1));
            }
        });
        Instant yesterday = hour.minus(1, ChronoUnit.DAYS);
        jdbc.sql(YESTERDAY)
                .param("projects", ids)
                .param("from", utc(yesterday))
                .param("to", utc(yesterday.plus(1, ChronoUnit.HOURS)))
                .query(row -> {
                    long[] minutes = known.getOrDefault(row.getLong(1), SameHour.NONE).yesterday;
                    if (minutes.length > 0) {
                        minutes[(int) ChronoUnit.MINUTES.between(yesterday, at(row, 2))] = row.getLong(3);
                    }
                });
        List<String> hours = new ArrayList<>();
        for (int day = 2; day <= days; day++) {
            hours.add(hour.minus(day, ChronoUnit.DAYS).toString());
        }
        jdbc.sql(EARLIER)
                .param("projects", ids)
                .param("hours", hours.toArray(String[]::new))
                .query(row -> {
                    long[] earlier = known.getOrDefault(row.getLong(1), SameHour.NONE).earlier;
                    int day = (int) ChronoUnit.DAYS.between(at(row, 2), yesterday) - 1;
                    if (day < earlier.length) {
                        earlier[day] = row.getLong(3);
                    }
                });
        return known;
    }

    /**
     * The issues that nobody ignores with at least so many events in the hour under way.
     *
     * @param also issues that are told with fewer, too
     */
    public List<BusyIssue> busyIssues(Instant now, long least, Collection<Long> also) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        return jdbc.sql(BUSY_ISSUES)
                .param("hour", utc(hour))
                // No issue was seen that late; with both ends the plan knows that few were.
                .param("until", utc(hour.plus(1, ChronoUnit.DAYS)))
                .param("least", least)
                .param("also", also.toArray(Long[]::new))
                .query((row, _) -> new BusyIssue(row.getLong(1), row.getLong(2), at(row, 3), row.getLong(4)))
                .list();
    }

    /** The events of issues in the hours before the one under way, the earliest first; of one without any it is missing. */
    public Map<Long, long[]> hoursBefore(Collection<Long> issues, Instant now, int hours) {
        Instant to = now.truncatedTo(ChronoUnit.HOURS);
        Instant from = to.minus(hours, ChronoUnit.HOURS);
        Map<Long, long[]> before = new HashMap<>();
        jdbc.sql(ISSUE_HOURS)
                .param("issues", issues.toArray(Long[]::new))
                .param("from", utc(from))
                .param("to", utc(to))
                .query(row -> {
                    before.computeIfAbsent(row.getLong(1), _ -> new long[hours])[
                                    (int) ChronoUnit.HOURS.between(from, at(row, 2))] =
                            row.getLong(3);
                });
        return before;
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
