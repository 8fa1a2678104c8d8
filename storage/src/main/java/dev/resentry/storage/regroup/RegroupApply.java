package dev.resentry.storage.regroup;

import dev.resentry.storage.deletion.PendingRecounts;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.rollup.RollupRebuild;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies a regroup: groups what came since the preview, switches rules, hashes and issues all at once, moves the events, and counts
 * both sides again. One by source maps reads all events of the issues that they fit, and makes them readable where it moves them. How far it
 * is stands in the row of the regroup, changed in the transaction of each step, so that a step that is done twice finds its work done. Live
 * events are filed beside it. Progress is in events.
 */
public final class RegroupApply implements JobHandler {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RegroupGroups groups;
    private final RegroupSwitch issues;
    private final ProjectRulesChange rules;
    private final RegroupMoves moves;
    private final FollowingEvents following;
    private final RegroupNames names;
    private final PendingRecounts recounts;
    private final EventGrouping.Source groupings;
    private final Settling settling;
    private final RepairedEvents repaired;

    /** @param untilNoticed how long after a change of rules processors may still go by the former ones */
    public RegroupApply(DataSource dataSource, EventGrouping.Source groupings, Duration untilNoticed) {
        // Of its own, as batches have one: JPA's, where there is one, brings a session that nobody here needs.
        var transactions = new DataSourceTransactionManager(dataSource);
        var template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.groups = new RegroupGroups(template);
        this.issues = new RegroupSwitch(template, groups);
        this.rules = new ProjectRulesChange(jdbc);
        this.moves = new RegroupMoves(template);
        this.following = new FollowingEvents(template);
        this.names = new RegroupNames(template);
        this.recounts = new PendingRecounts(jdbc, transaction, new RollupRebuild(dataSource, transactions));
        this.groupings = groupings;
        this.settling = new Settling(jdbc, untilNoticed);
        this.repaired = new RepairedEvents(jdbc);
    }

    @Override
    public String kind() {
        return RegroupJobs.APPLY;
    }

    @Override
    public JobStep step(Job job) {
        RegroupJobs.Request request = RegroupJobs.Request.of(job);
        Optional<RegroupPhase> phase = RegroupStore.phase(jdbc, request.regroupId(), RegroupState.APPLYING);
        if (phase.isEmpty()) {
            return new JobStep.Finished(null);
        }
        return switch (phase.get()) {
            case FIND -> beside(job, request, phase.get(), regroup -> find(job, regroup));
            case READ ->
                beside(
                        job,
                        request,
                        phase.get(),
                        regroup -> isBySourceMaps(regroup) ? readRepaired(job, regroup) : read(job, regroup));
            case SWITCH -> alone(job, request);
            case MOVE -> beside(job, request, phase.get(), regroup -> move(job, regroup));
            case FOLLOW -> beside(job, request, phase.get(), regroup -> follow(job, regroup));
            case NAME -> beside(job, request, phase.get(), regroup -> name(job, regroup));
            case COUNT -> count(job, request);
            case FILE -> throw new IllegalStateException("a regroup that is applied files nothing by former rules");
        };
    }

    /** A regroup is applied as a whole. */
    @Override
    public JobStep cancel(Job job) {
        return step(job);
    }

    @Override
    public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        RegroupJobs.Request request = RegroupJobs.Request.of(job);
        transaction.executeWithoutResult(_ -> LockedRegroup.beside(jdbc, request)
                .filter(regroup -> regroup.state() == RegroupState.APPLYING)
                .ifPresent(regroup -> regroup.become(jdbc, RegroupState.FAILED, failure)));
        return Optional.empty();
    }

    /** Does a step unless another runner has just done it. */
    private JobStep beside(
            Job job, RegroupJobs.Request request, RegroupPhase phase, Function<LockedRegroup, JobStep> step) {
        return transaction.execute(_ -> LockedRegroup.beside(jdbc, request)
                .filter(regroup -> regroup.isAt(RegroupState.APPLYING, phase))
                .map(step)
                .orElseGet(() -> advanced(job, 0)));
    }

    private static boolean isBySourceMaps(LockedRegroup regroup) {
        return regroup.cause() == RegroupCause.SOURCE_MAPS;
    }

    private EventGrouping grouping(LockedRegroup regroup) {
        return isBySourceMaps(regroup)
                ? groupings.readable(regroup.project(), regroup.rules())
                : groupings.by(regroup.rules());
    }

    private JobStep find(Job job, LockedRegroup regroup) {
        repaired.find(regroup);
        regroup.begin(jdbc, RegroupPhase.READ);
        return advanced(job, 0);
    }

    private JobStep readRepaired(Job job, LockedRegroup regroup) {
        Optional<EventPage> page = repaired.next(regroup, RepairedEvents.Pass.READ, grouping(regroup));
        if (page.isPresent()) {
            return isTooMuch(regroup, groups.add(regroup, page.get().events()))
                    ? new JobStep.Failed(RegroupGroups.TOO_MANY, null)
                    : advanced(job, page.get().looked());
        }
        if (!repaired.areReadable(regroup)) {
            repaired.drop(regroup);
            return new JobStep.Finished(null);
        }
        if (!repaired.addOwners(regroup)) {
            regroup.begin(jdbc, RegroupPhase.SWITCH);
        }
        return advanced(job, 0);
    }

    private boolean isTooMuch(LockedRegroup regroup, int groupCount) {
        if (groupCount > RegroupGroups.MOST) {
            regroup.become(jdbc, RegroupState.FAILED, RegroupGroups.TOO_MANY);
            return true;
        }
        return false;
    }

    private JobStep read(Job job, LockedRegroup regroup) {
        EventPage page = EventPage.next(jdbc, regroup, regroup.until().atOffset(ZoneOffset.UTC), grouping(regroup));
        if (page.last() == null) {
            regroup.begin(jdbc, RegroupPhase.SWITCH);
            return advanced(job, 0);
        }
        int count = groups.add(regroup, page.events());
        regroup.passed(jdbc, page.last(), 0);
        return isTooMuch(regroup, count) ? new JobStep.Failed(RegroupGroups.TOO_MANY, null) : advanced(job, 0);
    }

    private JobStep alone(Job job, RegroupJobs.Request request) {
        return transaction.execute(_ -> LockedRegroup.alone(jdbc, request)
                .filter(regroup -> regroup.isAt(RegroupState.APPLYING, RegroupPhase.SWITCH))
                .map(regroup -> change(job, request, regroup))
                .orElseGet(() -> advanced(job, 0)));
    }

    private JobStep change(Job job, RegroupJobs.Request request, LockedRegroup regroup) {
        Optional<String> refusal = rules.replace(
                regroup.project(),
                regroup.former(),
                regroup.rules(),
                request.by().email());
        if (refusal.isPresent() && isBySourceMaps(regroup)) {
            repaired.readAgain(regroup, rules.current(regroup.project()));
            return advanced(job, 0);
        }
        if (refusal.isPresent()) {
            regroup.become(jdbc, RegroupState.FAILED, refusal.get());
            return new JobStep.Failed(refusal.get(), null);
        }
        issues.run(regroup, request.by());
        repaired.addMerged(regroup);
        jdbc.sql("""
                        UPDATE regroups SET applied_at = clock_timestamp(), total = events, done = 0, readable_events = 0
                        WHERE id = :id
                        """).param("id", regroup.id()).update();
        regroup.begin(jdbc, RegroupPhase.MOVE);
        return advanced(job, 0);
    }

    private JobStep move(Job job, LockedRegroup regroup) {
        Optional<Duration> rest = settling.left(regroup.appliedAt());
        if (rest.isPresent()) {
            return new JobStep.Waiting(rest.get());
        }
        if (isBySourceMaps(regroup)) {
            return moveRepaired(job, regroup);
        }
        EventPage page = EventPage.next(jdbc, regroup, regroup.from().atOffset(ZoneOffset.UTC), grouping(regroup));
        if (page.last() == null) {
            regroup.begin(jdbc, RegroupPhase.FOLLOW);
            return advanced(job, 0);
        }
        moves.file(regroup, job.id(), page.events(), true);
        regroup.passed(jdbc, page.last(), page.looked());
        return advanced(job, page.looked());
    }

    private JobStep moveRepaired(Job job, LockedRegroup regroup) {
        Optional<EventPage> page = repaired.next(regroup, RepairedEvents.Pass.MOVE, grouping(regroup));
        if (page.isEmpty()) {
            regroup.begin(jdbc, RegroupPhase.FOLLOW);
            return advanced(job, 0);
        }
        moves.file(regroup, job.id(), page.get().events(), true);
        return advanced(job, page.get().looked());
    }

    private JobStep follow(Job job, LockedRegroup regroup) {
        if (!following.next(regroup, job.id())) {
            regroup.begin(jdbc, RegroupPhase.NAME);
        }
        return advanced(job, 0);
    }

    private JobStep name(Job job, LockedRegroup regroup) {
        Optional<Long> last = names.next(regroup, job.id());
        last.ifPresentOrElse(issue -> regroup.passed(jdbc, issue), () -> regroup.begin(jdbc, RegroupPhase.COUNT));
        return advanced(job, 0);
    }

    private JobStep count(Job job, RegroupJobs.Request request) {
        if (recounts.next(job.id()).isPresent()) {
            return advanced(job, 0);
        }
        return beside(job, request, RegroupPhase.COUNT, regroup -> {
            regroup.become(jdbc, RegroupState.APPLIED, null);
            return new JobStep.Finished(null);
        });
    }

    static JobStep advanced(Job job, long events) {
        return new JobStep.Advanced(new JobProgress(job.progress().done() + events, null));
    }

    /** Waits until processors go by rules that were just changed, by the database's clock. */
    record Settling(JdbcClient jdbc, Duration untilNoticed) {
        Optional<Duration> left(@Nullable Instant changedAt) {
            if (changedAt == null) {
                return Optional.empty();
            }
            OffsetDateTime now = jdbc.sql("SELECT clock_timestamp()")
                    .query(OffsetDateTime.class)
                    .single();
            Duration left = Duration.between(now.toInstant(), changedAt.plus(untilNoticed));
            return left.isPositive() ? Optional.of(left) : Optional.empty();
        }
    }
}
