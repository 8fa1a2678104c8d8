package dev.resentry.query.explore;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.analytics.CopyUnavailableException;
import dev.resentry.storage.explore.ExploreCopy;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExplorePosition;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSeries;
import dev.resentry.storage.explore.ExploreSeriesQueries;
import dev.resentry.storage.explore.ExploreSort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the copy in ClickHouse answer where it is wanted and can, and else PostgreSQL, which has everything. */
final class ExploreAnswers {
    private final ExploreQueries rows;
    private final ExploreSeriesQueries series;
    private final @Nullable ExploreCopy copy;

    /** @param copy null if there is none */
    ExploreAnswers(ExploreQueries rows, ExploreSeriesQueries series, @Nullable ExploreCopy copy) {
        this.rows = rows;
        this.series = series;
        this.copy = copy;
    }

    ExplorePage list(
            @Nullable String backend,
            ExploreFilter filter,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable ExplorePosition behind,
            int limit,
            Duration within) {
        return answer(
                backend,
                chosen -> chosen.list(filter, fields, sort, behind, limit, within),
                () -> rows.list(filter, fields, sort, behind, limit, within));
    }

    List<ExploreSeries> series(
            @Nullable String backend,
            ExploreFilter filter,
            List<ExploreField.Aggregate> figures,
            List<ExploreField.Column> group,
            int top,
            Instant begin,
            Duration interval,
            Duration within) {
        return answer(
                backend,
                chosen -> chosen.series(filter, figures, group, top, begin, interval, within),
                () -> series.series(filter, figures, group, top, begin, interval, within));
    }

    private <T> T answer(@Nullable String backend, Function<ExploreCopy, Optional<T>> ofCopy, Supplier<T> ofRows) {
        boolean isAsked = Backends.isCopy(backend, copy);
        ExploreCopy chosen = copy;
        if (chosen == null || !(isAsked || (backend == null && chosen.isPreferred()))) {
            return ofRows.get();
        }
        try {
            return ofCopy.apply(chosen).orElseGet(ofRows);
        } catch (CopyUnavailableException e) {
            if (isAsked) {
                throw ApiException.unavailable(String.valueOf(e.getMessage()));
            }
            return ofRows.get();
        }
    }
}
