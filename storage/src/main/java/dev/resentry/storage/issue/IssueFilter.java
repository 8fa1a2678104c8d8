package dev.resentry.storage.issue;

import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.search.SearchCondition;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which issues are wanted; null wants all. One that has no events, as a replay has removed them or a job has yet to bring them, is none.
 *
 * @param environments of which the issue has events, in the window if there is one; empty texts stand for events without one
 * @param search a query on the dataset of issues
 * @param window a time in which events happened
 * @param firstSeenSince from when on the first event of the issue happened
 * @param firstRelease the release of its first event that has one
 * @param regressedIn the release of an event that brought it back after it was resolved
 * @param release of which the issue has events, in the environments if there are any
 */
public record IssueFilter(
        VisibleProjects projects,
        @Nullable String status,
        @Nullable String substatus,
        @Nullable String level,
        @Nullable Set<String> environments,
        @Nullable SearchCondition search,
        @Nullable Assignment assignment,
        @Nullable Window window,
        @Nullable Instant firstSeenSince,
        @Nullable String firstRelease,
        @Nullable String regressedIn,
        @Nullable String release) {

    /** Wants every issue. */
    public static final IssueFilter ALL =
            new IssueFilter(VisibleProjects.ALL, null, null, null, null, null, null, null, null, null, null, null);

    public IssueFilter {
        environments = environments == null ? null : Set.copyOf(environments);
    }

    /**
     * A time, by the events' own clocks and in whole hours.
     *
     * @param to not in it; null for no end
     */
    public record Window(Instant from, @Nullable Instant to) {}
}
