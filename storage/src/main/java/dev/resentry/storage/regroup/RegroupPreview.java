package dev.resentry.storage.regroup;

import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds out what would become of issues by other rules of grouping. Changes nothing of events and issues. Progress is in events. */
public final class RegroupPreview implements JobHandler {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RegroupGroups groups;
    private final EventGrouping.Source groupings;

    public RegroupPreview(DataSource dataSource, EventGrouping.Source groupings) {
        // Of its own, as batches have one: JPA's, where there is one, brings a session that nobody here needs.
        var transactions = new DataSourceTransactionManager(dataSource);
        var template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.groups = new RegroupGroups(template);
        this.groupings = groupings;
    }

    @Override
    public String kind() {
        return RegroupJobs.PREVIEW;
    }

    @Override
    public JobStep step(Job job) {
        RegroupJobs.Request request = RegroupJobs.Request.of(job);
        return transaction.execute(_ -> LockedRegroup.beside(jdbc, request)
                .filter(regroup -> regroup.isAt(RegroupState.PREVIEWING, RegroupPhase.READ))
                .map(regroup -> read(job, regroup))
                .orElseGet(() -> new JobStep.Finished(null)));
    }

    private JobStep read(Job job, LockedRegroup regroup) {
        // What arrives from now on is dealt with when the regroup is applied.
        LockedRegroup behind = regroup.notAfterUntil();
        EventPage page =
                EventPage.next(jdbc, behind, regroup.from().atOffset(ZoneOffset.UTC), groupings.by(regroup.rules()));
        if (page.last() != null) {
            int count = groups.add(regroup, page.events());
            regroup.passed(jdbc, page.last(), page.looked());
            if (count > RegroupGroups.MOST) {
                regroup.become(jdbc, RegroupState.FAILED, RegroupGroups.TOO_MANY);
                return new JobStep.Failed(RegroupGroups.TOO_MANY, null);
            }
            return new JobStep.Advanced(new JobProgress(job.progress().done() + page.looked(), null));
        }
        groups.show(regroup, groups.plan(regroup), Map.of());
        regroup.become(jdbc, RegroupState.PREVIEWED, null);
        return new JobStep.Finished(null);
    }

    @Override
    public JobStep cancel(Job job) {
        end(job, RegroupState.CANCELLED, null);
        return new JobStep.Finished(null);
    }

    @Override
    public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        end(job, RegroupState.FAILED, failure);
        return Optional.empty();
    }

    private void end(Job job, RegroupState state, @Nullable String failure) {
        transaction.executeWithoutResult(_ -> LockedRegroup.beside(jdbc, RegroupJobs.Request.of(job))
                .filter(regroup -> regroup.state() == RegroupState.PREVIEWING)
                .ifPresent(regroup -> regroup.become(jdbc, state, failure)));
    }
}
