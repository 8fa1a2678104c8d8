package dev.resentry.query.search;

import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchParser;
import dev.resentry.query.access.Actor;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import dev.resentry.storage.search.SearchCondition;
import dev.resentry.storage.search.SearchContext;
import dev.resentry.storage.search.SearchDataset;
import dev.resentry.storage.search.SearchTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes conditions of what callers ask for, and reads what fulfils them within a time. */
public final class Searches {
    private static final Duration COUNTED_FOR = Duration.ofSeconds(2);

    private final SearchCompiler compiler = new SearchCompiler();
    private final BoundedReads reads;
    private final Duration timeout;
    private final InstantSource clock;

    Searches(BoundedReads reads, Duration timeout, InstantSource clock) {
        this.reads = reads;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * In what an actor searches.
     *
     * @param environments null for all
     */
    public SearchContext context(Actor actor, VisibleProjects projects, @Nullable Set<String> environments) {
        return new SearchContext(
                clock.instant(), actor.userId() == Actor.NOBODY ? null : actor.userId(), projects, environments);
    }

    /**
     * The condition that a query is.
     *
     * @param query null and a blank one want everything
     * @return null for everything
     * @throws SearchFault if it means nothing
     */
    public @Nullable SearchCondition condition(@Nullable String query, SearchDataset dataset, SearchContext context) {
        return query == null || query.isBlank() ? null : compiler.compile(SearchParser.parse(query), dataset, context);
    }

    /**
     * How much a condition wants. A list does not wait for it: empty too if counting takes too long.
     *
     * @param condition null for lists without a query
     */
    public OptionalLong counted(@Nullable SearchCondition condition, Supplier<OptionalLong> count) {
        if (condition == null) {
            return count.get();
        }
        try {
            return reads.within(timeout.compareTo(COUNTED_FOR) < 0 ? timeout : COUNTED_FOR, count);
        } catch (SearchTimeoutException _) {
            return OptionalLong.empty();
        }
    }

    /**
     * What is read by a condition.
     *
     * @param condition null for lists without a query, which their indexes bound
     * @throws SearchTimeoutException if it takes too long
     */
    public <T> T bounded(@Nullable SearchCondition condition, Supplier<T> read) {
        return condition == null ? read.get() : reads.within(timeout, read);
    }
}
