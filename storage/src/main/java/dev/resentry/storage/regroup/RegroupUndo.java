package dev.resentry.storage.regroup;

import static dev.resentry.storage.regroup.RegroupApply.advanced;

import dev.resentry.storage.deletion.PendingRecounts;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.rollup.RollupRebuild;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Undoes a regroup: brings rules, hashes and issues back all at once, then the events, groups those that came since by the former
 * rules, and counts all again. Steps are as safe to repeat as those of {@link RegroupApply}. Progress is in events.
 */
public final class RegroupUndo implements JobHandler {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ProjectRulesChange rules;
    private final RegroupRestore restore;
    private final RegroupMoves moves;
    private final PendingRecounts recounts;
    private final EventGrouping.Source groupings;
    private final RegroupApply.Settling settling;

    /** @param untilNoticed how long after a change of rules processors may still go by the former ones */
    public RegroupUndo(DataSource dataSource, EventGrouping.Source groupings, Duration untilNoticed) {
        // Of its own, as batches have one: JPA's, where there is one, brings a session that nobody here needs.
        var transactions = new DataSourceTransactionManager(dataSource);
        var template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.rules = new ProjectRulesChange(jdbc);
        this.restore = new RegroupRestore(template, groupings);
        this.moves = new RegroupMoves(template);
        this.recounts = new PendingRecounts(jdbc, transaction, new RollupRebuild(dataSource, transactions));
        this.groupings = groupings;
        this.settling = new RegroupApply.Settling(jdbc, untilNoticed);
    }

    @Override
    public String kind() {
        return RegroupJobs.UNDO;
    }

    @Override
    public JobStep step(Job job) {
        RegroupJobs.Request request = RegroupJobs.Request.of(job);
        Optional<RegroupPhase> phase = RegroupStore.phase(jdbc, request.regroupId(), RegroupState.UNDOING);
        if (phase.isEmpty()) {
            return new JobStep.Finished(null);
        }
        return switch (phase.get()) {
            case SWITCH -> alone(job, request);
            case MOVE -> beside(job, request, phase.get(), regroup -> move(job, regroup));
            case FILE -> beside(job, request, phase.get(), regroup -> file(job, regroup));
            case COUNT -> count(job, request);
            case FIND, READ, FOLLOW, NAME -> throw new IllegalStateException("no phase of undoing: " + phase.get());
        };
    }

    /** A regroup is undone as a whole. */
    @Override
    public JobStep cancel(Job job) {
        return step(job);
    }

    @Override
    public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        transaction.executeWithoutResult(_ -> LockedRegroup.beside(jdbc, RegroupJobs.Request.of(job))
                .filter(regroup -> regroup.state() == RegroupState.UNDOING)
                .ifPresent(regroup -> regroup.become(jdbc, RegroupState.FAILED, failure)));
        return Optional.empty();
    }

    private JobStep beside(
            Job job, RegroupJobs.Request request, RegroupPhase phase, Function<LockedRegroup, JobStep> step) {
        return transaction.execute(_ -> LockedRegroup.beside(jdbc, request)
                .filter(regroup -> regroup.isAt(RegroupState.UNDOING, phase))
                .map(step)
                .orElseGet(() -> advanced(job, 0)));
    }

    private JobStep alone(Job job, RegroupJobs.Request request) {
        return transaction.execute(_ -> LockedRegroup.alone(jdbc, request)
                .filter(regroup -> regroup.isAt(RegroupState.UNDOING, RegroupPhase.SWITCH))
                .map(regroup -> change(job, request, regroup))
                .orElseGet(() -> advanced(job, 0)));
    }

    private JobStep change(Job job, RegroupJobs.Request request, LockedRegroup regroup) {
        // One whose job gave up behind the switch has the rules already.
        if (regroup.undoneAt() == null) {
            Optional<String> refusal = rules.replace(
                    regroup.project(),
                    regroup.rules(),
                    regroup.former(),
                    request.by().email());
            if (refusal.isPresent()) {
                regroup.become(jdbc, RegroupState.APPLIED, refusal.get());
                return new JobStep.Failed(refusal.get(), null);
            }
            restore.run(regroup, job.id(), request.by());
        }
        jdbc.sql(
                        "UPDATE regroups SET undone_at = coalesce(undone_at, clock_timestamp()), total = events WHERE id = :id")
                .param("id", regroup.id())
                .update();
        regroup.begin(jdbc, RegroupPhase.MOVE);
        return advanced(job, 0);
    }

    private JobStep move(Job job, LockedRegroup regroup) {
        Optional<Duration> rest = settling.left(regroup.undoneAt());
        if (rest.isPresent()) {
            return new JobStep.Waiting(rest.get());
        }
        Optional<RegroupRestore.Moved> moved = restore.next(regroup, job.id());
        if (moved.isEmpty()) {
            regroup.begin(jdbc, RegroupPhase.FILE);
            return advanced(job, 0);
        }
        regroup.passed(jdbc, moved.get().last(), moved.get().events());
        return advanced(job, moved.get().events());
    }

    private JobStep file(Job job, LockedRegroup regroup) {
        Instant applied = regroup.appliedAt() == null ? regroup.until() : regroup.appliedAt();
        EventPage page = EventPage.nextSince(
                jdbc,
                regroup,
                regroup.from().atOffset(ZoneOffset.UTC),
                applied.atOffset(ZoneOffset.UTC),
                groupings.by(regroup.former()));
        if (page.last() == null) {
            regroup.begin(jdbc, RegroupPhase.COUNT);
            return advanced(job, 0);
        }
        moves.file(regroup, job.id(), page.events(), false);
        regroup.passed(jdbc, page.last(), page.events().size());
        return advanced(job, page.events().size());
    }

    private JobStep count(Job job, RegroupJobs.Request request) {
        if (recounts.next(job.id()).isPresent()) {
            return advanced(job, 0);
        }
        return beside(job, request, RegroupPhase.COUNT, regroup -> {
            regroup.become(jdbc, RegroupState.UNDONE, null);
            return new JobStep.Finished(null);
        });
    }
}
