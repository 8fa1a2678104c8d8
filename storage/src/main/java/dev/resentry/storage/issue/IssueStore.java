package dev.resentry.storage.issue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.Priority;
import dev.resentry.model.issue.state.StatusWish;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people make of issues: their status, priority and assignee. Each change, its entry in the issue's activity and what
 * topic {@code events} is told of it are one transaction.
 */
public final class IssueStore {
    private static final String LOCK = """
            SELECT i.id, i.project_id, %s, i.event_count, i.users_affected, i.priority, u.id AS assignee_id,
                   u.name AS assignee_name
            FROM issues i
            LEFT JOIN users u ON u.id = i.assignee_id
            WHERE i.id = ANY (:ids)
            ORDER BY i.id
            FOR NO KEY UPDATE OF i
            """.formatted(IssueStateColumns.READ);

    private static final String SET_STATE = """
            UPDATE issues i
            SET status = new.status, substatus = new.substatus, status_at = :at, state_details = new.details::jsonb,
                ignore_until = new.until::timestamptz
            FROM unnest(:ids::bigint[], :statuses::text[], :substatuses::text[], :details::text[], :untils::text[])
                AS new(new_id, status, substatus, details, until)
            WHERE i.id = new.new_id
            RETURNING i.id, i.project_id, i.title, i.culprit, i.level, i.platform, i.status
            """;

    private static final String SET_PRIORITY = "UPDATE issues SET priority = :value WHERE id = ANY (:ids) RETURNING ";
    private static final String SET_ASSIGNEE =
            "UPDATE issues SET assignee_id = :value WHERE id = ANY (:ids) RETURNING ";

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final IssueNotes notes;
    private final InstantSource clock;

    public IssueStore(DataSource dataSource, PlatformTransactionManager transactions, InstantSource clock) {
        this.clock = clock;
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.notes = new IssueNotes(template);
    }

    /**
     * Changes issues. One that is as wanted already is left alone, and nobody is told.
     *
     * @return the ids of those that were changed
     * @throws RefusedChange if they are to be assigned to a user who is not there, or resolved in a release that is not
     */
    public Set<Long> change(Collection<Long> ids, IssueChange change, Author by) {
        return change(ids, change, Cause.LIVE, by);
    }

    /**
     * Does the same for a reason of its own, such as an import, of which nobody is alerted.
     *
     * @throws RefusedChange if they are to be assigned to a user who is not there, or resolved in a release that is not
     */
    public Set<Long> change(Collection<Long> ids, IssueChange change, Cause cause, Author by) {
        return transaction.execute(_ -> {
            Map<Long, Before> before = lock(ids);
            Set<Long> changed = new HashSet<>();
            if (change.status() != null) {
                changed.addAll(setState(before, change.status(), cause, by));
            }
            if (change.priority() != null) {
                changed.addAll(setPriority(before, change.priority(), cause, by));
            }
            if (change.assignment() != null) {
                changed.addAll(assign(before, change.assignment(), cause, by));
            }
            return Set.copyOf(changed);
        });
    }

    private record Before(
            long project,
            IssueState state,
            Instant firstSeen,
            long events,
            long users,
            @Nullable String priority,
            @Nullable Who assignee) {}

    /** A user in the data of an activity. */
    private record Who(long id, String name) {}

    private record Step(@Nullable Object from, @Nullable Object to) {}

    /** A change of the state in the data of an activity. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record StatusStep(
            String from,
            String to,
            @Nullable String substatus,

            @JsonRawValue @Nullable String details) {
        static StatusStep of(IssueState before, IssueState after) {
            return new StatusStep(
                    before.status(),
                    after.status(),
                    IssueStateColumns.substatus(after),
                    IssueStateColumns.details(after));
        }
    }

    private Map<Long, Before> lock(Collection<Long> ids) {
        Map<Long, Before> found = new HashMap<>();
        jdbc.sql(LOCK).param("ids", ids.toArray(Long[]::new)).query(row -> {
            Long assignee = row.getObject("assignee_id", Long.class);
            found.put(
                    row.getLong("id"),
                    new Before(
                            row.getLong("project_id"),
                            IssueStateColumns.read(row),
                            row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                            row.getLong("event_count"),
                            row.getLong("users_affected"),
                            row.getString("priority"),
                            assignee == null ? null : new Who(assignee, row.getString("assignee_name"))));
        });
        return found;
    }

    private Set<Long> setState(Map<Long, Before> before, StatusWish wish, Cause cause, Author by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<Long, String> releases = releases(wish, before, now);
        SortedMap<Long, IssueState> states = new TreeMap<>();
        before.forEach((id, was) -> {
            IssueState after = wish.applied(
                    was.state(), was.firstSeen(), was.events(), was.users(), releases.get(was.project()), now);
            if (!after.equals(was.state())) {
                states.put(id, after);
            }
        });
        if (states.isEmpty()) {
            return Set.of();
        }
        List<IssueActivity> told = jdbc.sql(SET_STATE)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("ids", states.keySet().toArray(Long[]::new))
                .param("statuses", texts(states, IssueState::status))
                .param("substatuses", texts(states, IssueStateColumns::substatus))
                .param("details", texts(states, IssueStateColumns::details))
                .param("untils", texts(states, state -> {
                    Instant until = IssueStateColumns.ignoreUntil(state);
                    return until == null ? null : until.toString();
                }))
                .query((row, _) -> IssueNews.of(row, IssueActivity.Kind.CHANGED, cause, by))
                .list();
        Map<Long, Object> steps = new HashMap<>();
        before.forEach((id, was) -> {
            IssueState after = states.get(id);
            if (after != null) {
                steps.put(id, StatusStep.of(was.state(), after));
            }
        });
        IssueNews.tell(template, IssueNews.withEntries(told, notes.add(steps, "status", by)));
        return states.keySet();
    }

    private static @Nullable String[] texts(
            SortedMap<Long, IssueState> states, Function<IssueState, @Nullable String> column) {
        return states.values().stream().map(column).toArray(String[]::new);
    }

    /**
     * The release of each project that decides what a wish means, if one does; refuses one that a project of the issues does
     * not have.
     */
    private Map<Long, String> releases(StatusWish wish, Map<Long, Before> before, Instant now) {
        Set<Long> concerned = before.values().stream().map(Before::project).collect(Collectors.toUnmodifiableSet());
        if (wish instanceof StatusWish.Resolve(StatusWish.From.Release(String version))) {
            requireRelease(version, concerned);
        }
        if (wish instanceof StatusWish.Resolve(StatusWish.From.Commit(String commit, String repository))) {
            return template.execute((ConnectionCallback<Map<Long, String>>)
                    connection -> ProjectReleases.firstWith(connection, commit, repository, concerned, now));
        }
        if (!wish.needsNewestRelease()) {
            return Map.of();
        }
        Map<Long, String> newest = newestReleases(concerned);
        if (!newest.keySet().containsAll(concerned)) {
            throw new RefusedChange(
                    "status_details", "the project has no release yet (expected: one, to know what comes next)");
        }
        return newest;
    }

    private void requireRelease(String version, Set<Long> projects) {
        int having = jdbc.sql("SELECT count(*) FROM releases WHERE project_id = ANY (:projects) AND version = :version")
                .param("projects", projects.toArray(Long[]::new))
                .param("version", version)
                .query(Integer.class)
                .single();
        if (having < projects.size()) {
            throw new RefusedChange(
                    "status_details.in_release",
                    "'%s' (expected: the version of a release of the issue's project, or latest)".formatted(version));
        }
    }

    private Map<Long, String> newestReleases(Set<Long> projects) {
        return template.execute(
                (ConnectionCallback<Map<Long, String>>) connection -> ProjectReleases.newest(connection, projects));
    }

    private Set<Long> setPriority(Map<Long, Before> before, Priority priority, Cause cause, Author by) {
        Map<Long, Object> steps = new HashMap<>();
        before.forEach((id, was) -> {
            if (!priority.wireName().equals(was.priority())) {
                steps.put(id, new Step(was.priority(), priority.wireName()));
            }
        });
        notes.write(SET_PRIORITY, priority.wireName(), steps, "priority", IssueActivity.Kind.CHANGED, cause, by);
        return steps.keySet();
    }

    private Set<Long> assign(Map<Long, Before> before, Assignment assignment, Cause cause, Author by) {
        Who wanted = switch (assignment) {
            case Assignment.To(long userId) -> user(userId);
            case Assignment.ToNobody() -> null;
        };
        Map<Long, Object> steps = new HashMap<>();
        before.forEach((id, was) -> {
            Who old = was.assignee();
            if (old == null ? wanted != null : wanted == null || old.id() != wanted.id()) {
                steps.put(id, new Step(old, wanted));
            }
        });
        notes.write(
                SET_ASSIGNEE,
                wanted == null ? null : wanted.id(),
                steps,
                "assignee",
                IssueActivity.Kind.ASSIGNED,
                cause,
                by);
        return steps.keySet();
    }

    private Who user(long id) {
        return jdbc.sql("SELECT id, coalesce(nullif(name, ''), email) FROM users WHERE id = :id AND active")
                .param("id", id)
                .query((row, _) -> new Who(row.getLong(1), row.getString(2)))
                .optional()
                .orElseThrow(() ->
                        new RefusedChange("assigned_to", "%d (expected: the id of an active user)".formatted(id)));
    }
}
