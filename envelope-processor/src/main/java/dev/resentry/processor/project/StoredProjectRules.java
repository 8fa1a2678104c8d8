package dev.resentry.processor.project;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.filter.FilterSettingsJson;
import dev.resentry.processing.filter.InboundFilters;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.scrub.ScrubSettingsJson;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.issue.GroupingStrategies;
import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of projects from the database. All are read before the first item is processed; a change is seen within seconds. While the
 * database is away, the rules that are known stay, and nothing can be stored anyway.
 */
public final class StoredProjectRules extends BackgroundWork implements ProjectRules.Source {
    private static final Logger LOG = LoggerFactory.getLogger(StoredProjectRules.class);

    private static final Duration EVERY = Duration.ofSeconds(2);
    /** A regroup relies on it that a change is seen within ten seconds, whatever becomes of signals. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    /** A change is seen when its transaction ends, which may be so much later than its time. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** How long issues are found by the hashes of the strategy before. */
    private static final Duration TRANSITION = Duration.ofDays(30);

    private final ProjectProcessingStore store;
    private final WorkSignals signals;
    private final ProjectRules byDefault;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private volatile Instant seenUntil = Instant.EPOCH;

    private record Known(long revision, ProjectRules rules) {}

    public StoredProjectRules(ProjectProcessingStore store, GroupingStrategies strategies, WorkSignals signals) {
        super(STOP_WITHIN);
        this.store = store;
        this.signals = signals;
        signals.on(Work.PROJECT_PROCESSING, this::wake);
        this.byDefault =
                ProjectRules.DEFAULT.until(strategies.since(Grouping.STRATEGY).plus(TRANSITION));
        refresh();
    }

    @Override
    public ProjectRules of(ProjectId project) {
        Known found = known.get(project.value());
        return found == null ? byDefault : found.rules();
    }

    private void refresh() {
        List<ProjectProcessing> changed = store.changedSince(seenUntil.minus(OVERLAP));
        for (ProjectProcessing one : changed) {
            Known before = known.get(one.projectId());
            if (before == null || before.revision() != one.revision()) {
                known.put(one.projectId(), new Known(one.revision(), rules(one)));
            }
            if (one.updatedAt().isAfter(seenUntil)) {
                seenUntil = one.updatedAt();
            }
        }
    }

    /** Rules are checked before they are stored. Should a release understand them no longer, the others of the project still hold. */
    private ProjectRules rules(ProjectProcessing stored) {
        Scrubber scrubber = byDefault.scrubber();
        try {
            scrubber = new Scrubber(ScrubSettingsJson.read(stored.scrubJson()));
        } catch (IllegalArgumentException e) {
            LOG.atError()
                    .addKeyValue("projectId", stored.projectId())
                    .setCause(e)
                    .log("The settings of scrubbing of a project cannot be used; its events are scrubbed by default");
        }
        return new ProjectRules(filters(stored), scrubber, grouping(stored), byDefault.formerUntil());
    }

    private static InboundFilters filters(ProjectProcessing stored) {
        try {
            return new InboundFilters(FilterSettingsJson.read(stored.filtersJson()));
        } catch (IllegalArgumentException e) {
            LOG.atError()
                    .addKeyValue("projectId", stored.projectId())
                    .setCause(e)
                    .log("The filters of a project cannot be used; all of its events are stored");
            return InboundFilters.NONE;
        }
    }

    private static GroupingRules grouping(ProjectProcessing stored) {
        GroupingRules.Parse read = GroupingRules.parse(stored.fingerprintRules(), stored.stacktraceRules());
        if (read instanceof GroupingRules.Parse.Invalid) {
            LOG.atError()
                    .addKeyValue("projectId", stored.projectId())
                    .addKeyValue("fault", read)
                    .log("The grouping rules of a project cannot be used; its events are grouped without");
        }
        return read.rulesOrNone();
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "project-rules", "Changed rules of projects wait", this::rest, Backoff.fixed(EVERY), this::refresh);
    }

    private Duration rest() {
        Duration rest = signals.rest(EVERY);
        return rest.compareTo(AT_MOST) < 0 ? rest : AT_MOST;
    }
}
