package dev.resentry.storage.explore;

import dev.resentry.storage.analytics.CopyUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A copy of the rows in a database made for such questions, with the same answers. What it has no answer to, the rows themselves have. */
public interface ExploreCopy {

    /**
     * As {@link ExploreQueries#list}; empty if the copy has not what it takes.
     *
     * @throws CopyUnavailableException if the copy does not answer
     */
    Optional<ExplorePage> list(
            ExploreFilter filter,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable ExplorePosition behind,
            int limit,
            Duration within);

    /**
     * As {@link ExploreSeriesQueries#series}; empty if the copy has not what it takes.
     *
     * @throws CopyUnavailableException if the copy does not answer
     */
    Optional<List<ExploreSeries>> series(
            ExploreFilter filter,
            List<ExploreField.Aggregate> figures,
            List<ExploreField.Column> group,
            int top,
            Instant begin,
            Duration interval,
            Duration within);

    /** Whether it is asked where nobody says so. */
    boolean isPreferred();
}
