package dev.resentry.storage.deletion;

import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.rollup.RollupRebuild;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts again what a deletion has taken events from, one issue or one day of a project at a time. */
public final class PendingRecounts {
    private static final String NEXT = """
            SELECT project_id, issue_id, day FROM pending_recounts WHERE job_id = :job ORDER BY issue_id, day LIMIT 1
            """;

    private static final String DONE = """
            DELETE FROM pending_recounts
            WHERE job_id = :job AND issue_id IS NOT DISTINCT FROM :issue::bigint AND day IS NOT DISTINCT FROM :day::date
            """;

    private static final String IS_EMPTY = """
            SELECT id FROM issues i
            WHERE id = :issue AND expired_event_count = 0 AND NOT EXISTS (SELECT FROM events e WHERE e.issue_id = i.id)
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RollupRebuild rebuild;

    public PendingRecounts(JdbcClient jdbc, TransactionTemplate transaction, RollupRebuild rebuild) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rebuild = rebuild;
    }

    private record Recount(
            long project, @Nullable Long issue, @Nullable LocalDate day) {}

    /**
     * Does the next one.
     *
     * @return how many issues were removed because nothing of them is left; empty if nothing is pending
     */
    public Optional<Integer> next(long jobId) {
        Optional<Recount> pending = jdbc.sql(NEXT)
                .param("job", jobId)
                .query((row, _) ->
                        new Recount(row.getLong(1), row.getObject(2, Long.class), row.getObject(3, LocalDate.class)))
                .optional();
        return pending.map(recount -> {
            int removed = recount(recount);
            jdbc.sql(DONE)
                    .param("job", jobId)
                    .param("issue", recount.issue())
                    .param("day", recount.day() == null ? null : recount.day().toString())
                    .update();
            return removed;
        });
    }

    private int recount(Recount recount) {
        if (recount.issue() != null) {
            int removed = removeIfEmpty(recount.project(), recount.issue());
            if (removed == 0) {
                rebuild.rebuildIssue(recount.issue());
            }
            return removed;
        }
        if (recount.day() != null) {
            Instant begin = recount.day().atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant last = recount.day()
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .minusSeconds(1);
            rebuild.rebuildProject(recount.project(), begin, last);
            rebuild.rebuildTransactions(recount.project(), begin, last);
        }
        return 0;
    }

    /** Its title and tags were those of the person's events. */
    private int removeIfEmpty(long project, long issue) {
        return transaction.execute(_ -> {
            IssueRemoval.holdProject(jdbc, project);
            List<Long> empty = jdbc.sql(IS_EMPTY)
                    .param("issue", issue)
                    .query((row, _) -> row.getLong(1))
                    .list();
            return IssueRemoval.remove(jdbc, empty);
        });
    }
}
