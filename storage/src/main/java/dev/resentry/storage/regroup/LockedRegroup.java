package dev.resentry.storage.regroup;

import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.regroup.Regroup.Rules;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A regroup on whose row the transaction has a lock, so that whoever does a step a second time finds how far it is. The project is
 * locked first, as batches do; until the transaction ends, no hash of it changes its issue otherwise.
 *
 * @param at behind which the next event is looked for, with its id: events are gone through from the newest on
 * @param issue behind which the next issue is looked for
 */
record LockedRegroup(
        long id,
        long project,
        RegroupCause cause,
        RegroupState state,
        RegroupPhase phase,
        Instant from,
        Instant until,
        String strategy,
        Rules rules,
        Rules former,
        OffsetDateTime at,
        UUID event,
        long issue,
        @Nullable Instant appliedAt,
        @Nullable Instant undoneAt) {

    private static final String LOCK = """
            SELECT id, project_id, cause, state, phase, from_at, until_at, strategy, fingerprint_rules, stacktrace_rules,
                   former_fingerprint_rules, former_stacktrace_rules, cursor_at, cursor_event, cursor_issue, applied_at,
                   undone_at
            FROM regroups WHERE id = :id FOR UPDATE
            """;

    /** Lets batches of the project be stored meanwhile. Empty if the regroup is gone. */
    static Optional<LockedRegroup> beside(JdbcClient jdbc, RegroupJobs.Request request) {
        jdbc.sql("SELECT id FROM projects WHERE id = :project FOR SHARE")
                .param("project", request.projectId())
                .query(Long.class)
                .list();
        return lock(jdbc, request.regroupId());
    }

    /** Has batches of the project wait. Empty if the regroup is gone. */
    static Optional<LockedRegroup> alone(JdbcClient jdbc, RegroupJobs.Request request) {
        IssueRemoval.holdProject(jdbc, request.projectId());
        return lock(jdbc, request.regroupId());
    }

    private static Optional<LockedRegroup> lock(JdbcClient jdbc, long id) {
        return jdbc.sql(LOCK)
                .param("id", id)
                .query((row, _) -> new LockedRegroup(
                        row.getLong("id"),
                        row.getLong("project_id"),
                        RegroupCause.of(row.getString("cause")),
                        RegroupState.of(row.getString("state")),
                        RegroupPhase.of(row.getString("phase")),
                        row.getObject("from_at", OffsetDateTime.class).toInstant(),
                        row.getObject("until_at", OffsetDateTime.class).toInstant(),
                        row.getString("strategy"),
                        new Rules(row.getString("fingerprint_rules"), row.getString("stacktrace_rules")),
                        new Rules(row.getString("former_fingerprint_rules"), row.getString("former_stacktrace_rules")),
                        row.getObject("cursor_at", OffsetDateTime.class),
                        row.getObject("cursor_event", UUID.class),
                        row.getLong("cursor_issue"),
                        instant(row.getObject("applied_at", OffsetDateTime.class)),
                        instant(row.getObject("undone_at", OffsetDateTime.class))))
                .optional();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    /** The same, at the latest where the time of the preview ends. */
    LockedRegroup notAfterUntil() {
        OffsetDateTime end = until.atOffset(ZoneOffset.UTC);
        return at.isBefore(end)
                ? this
                : new LockedRegroup(
                        id,
                        project,
                        cause,
                        state,
                        phase,
                        from,
                        until,
                        strategy,
                        rules,
                        former,
                        end,
                        new UUID(0, 0),
                        issue,
                        appliedAt,
                        undoneAt);
    }

    boolean isAt(RegroupState wantedState, RegroupPhase wantedPhase) {
        return state == wantedState && phase == wantedPhase;
    }

    /** Notes that events down to one are dealt with. */
    void passed(JdbcClient jdbc, EventPage.Place last, long events) {
        jdbc.sql("UPDATE regroups SET cursor_at = :at, cursor_event = :event, done = done + :events WHERE id = :id")
                .param("at", last.receivedAt())
                .param("event", last.eventId())
                .param("events", events)
                .param("id", id)
                .update();
    }

    /** Notes that issues up to one are dealt with. */
    void passed(JdbcClient jdbc, long lastIssue) {
        jdbc.sql("UPDATE regroups SET cursor_issue = :issue WHERE id = :id")
                .param("issue", lastIssue)
                .param("id", id)
                .update();
    }

    /** Has events be gone through from the newest on again. */
    void fromNewest(JdbcClient jdbc) {
        jdbc.sql("""
                        UPDATE regroups SET cursor_at = 'infinity', cursor_event = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
                        WHERE id = :id
                        """).param("id", id).update();
    }

    void begin(JdbcClient jdbc, RegroupPhase next) {
        jdbc.sql("""
                        UPDATE regroups SET phase = :phase, cursor_at = 'infinity',
                                            cursor_event = 'ffffffff-ffff-ffff-ffff-ffffffffffff', cursor_issue = 0
                        WHERE id = :id
                        """).param("phase", next.wireName()).param("id", id).update();
    }

    void become(JdbcClient jdbc, RegroupState next, @Nullable String failure) {
        jdbc.sql("UPDATE regroups SET state = :state, failure = :failure WHERE id = :id")
                .param("state", next.wireName())
                .param("failure", failure)
                .param("id", id)
                .update();
    }
}
