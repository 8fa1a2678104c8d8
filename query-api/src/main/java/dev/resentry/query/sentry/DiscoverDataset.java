package dev.resentry.query.sentry;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.explore.ExploreDataset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The datasets of Discover. */
final class DiscoverDataset {
    /** What is not kept here, and so has no rows. */
    private static final List<String> EMPTY =
            List.of("tracemetrics", "profiles", "profile_functions", "replays", "metrics", "uptimeResults");

    private DiscoverDataset() {}

    /**
     * The dataset of a word.
     *
     * @param word absent for errors
     * @return empty for one that never has rows here
     * @throws ApiException if there is none
     */
    static Optional<ExploreDataset> of(@Nullable String word) {
        return switch (word) {
            case null -> Optional.of(ExploreDataset.EVENTS);
            case "", "errors", "discover", "issuePlatform", "search_issues" -> Optional.of(ExploreDataset.EVENTS);
            case "transactions" -> Optional.of(ExploreDataset.TRANSACTIONS);
            case "spans", "spansIndexed" -> Optional.of(ExploreDataset.SPANS);
            case "logs", "ourlogs" -> Optional.of(ExploreDataset.LOGS);
            case String known when EMPTY.contains(known) -> Optional.empty();
            default ->
                throw ApiException.invalid(
                        "dataset",
                        "must be one of: errors, discover, transactions, spans, logs, %s"
                                .formatted(String.join(", ", EMPTY)));
        };
    }
}
