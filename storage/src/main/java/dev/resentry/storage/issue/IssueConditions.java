package dev.resentry.storage.issue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter as conditions of SQL on {@code issues i}, with their parameters. */
final class IssueConditions {
    private final StringBuilder sql = new StringBuilder("WHERE i.event_count > 0\n");
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    private IssueConditions() {}

    static IssueConditions of(IssueFilter filter) {
        var conditions = new IssueConditions();
        if (!filter.projects().areAll()) {
            conditions.add(
                    "i.project_id = ANY (:projects)",
                    "projects",
                    filter.projects().parameter());
        }
        if (filter.status() != null) {
            conditions.add("i.status = :status", "status", filter.status());
        }
        if (filter.substatus() != null) {
            conditions.add("i.substatus = :substatus", "substatus", filter.substatus());
        }
        if (filter.level() != null) {
            conditions.add("i.level = :level", "level", filter.level());
        }
        if (filter.search() != null) {
            conditions.add(filter.search().sql());
            conditions.parameters.putAll(filter.search().parameters());
        }
        switch (filter.assignment()) {
            case Assignment.To(long userId) -> conditions.add("i.assignee_id = :assignee", "assignee", userId);
            case Assignment.ToNobody() -> conditions.add("i.assignee_id IS NULL");
            case null -> {}
        }
        if (filter.firstSeenSince() != null) {
            conditions.add(
                    "i.first_seen >= :since", "since", filter.firstSeenSince().atOffset(ZoneOffset.UTC));
        }
        if (filter.firstRelease() != null) {
            conditions.add("i.first_release = :first_release", "first_release", filter.firstRelease());
        }
        if (filter.regressedIn() != null) {
            conditions.add(
                    "i.id IN (SELECT a.issue_id FROM issue_activities a WHERE a.kind = 'regression'"
                            + " AND a.project_id = i.project_id AND a.data ->> 'release' = :regressed_in)",
                    "regressed_in",
                    filter.regressedIn());
        }
        if (filter.release() != null) {
            conditions.add(
                    "EXISTS (SELECT FROM issue_releases r WHERE r.issue_id = i.id AND r.project_id = i.project_id"
                            + " AND r.release = :release"
                            + (filter.environments() == null ? ")" : " AND r.environment = ANY (:environments))"),
                    "release",
                    filter.release());
        }
        conditions.addWindow(filter);
        return conditions;
    }

    /** The first two conditions follow from the last one, and leave most issues out without a look at their hours. */
    private void addWindow(IssueFilter filter) {
        IssueFilter.Window window = filter.window();
        if (window != null) {
            add("i.last_seen >= :from", "from", hour(window.from()).atOffset(ZoneOffset.UTC));
            if (window.to() != null) {
                add("i.first_seen < :to", "to", window.to().atOffset(ZoneOffset.UTC));
            }
        }
        if (filter.environments() != null || (window != null && window.to() != null)) {
            add("EXISTS (SELECT FROM issue_hours h WHERE h.issue_id = i.id " + hours(filter) + ")");
        }
    }

    /** The conditions on {@code issue_hours h} that environments and window are. */
    String hours(IssueFilter filter) {
        var hours = new StringBuilder();
        if (filter.window() != null) {
            hours.append("AND h.hour >= :from ");
            if (filter.window().to() != null) {
                hours.append("AND h.hour < :to ");
            }
        }
        if (filter.environments() != null) {
            hours.append("AND h.environment = ANY (:environments) ");
            parameters.put("environments", filter.environments().toArray(String[]::new));
        }
        return hours.toString();
    }

    void add(String condition) {
        sql.append("AND ").append(condition).append('\n');
    }

    void add(String condition, String parameter, Object value) {
        add(condition);
        parameters.put(parameter, value);
    }

    void put(String parameter, Object value) {
        parameters.put(parameter, value);
    }

    String sql() {
        return sql.toString();
    }

    Map<String, @Nullable Object> parameters() {
        return parameters;
    }

    private static Instant hour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }
}
