package dev.resentry.query.savedsearch;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.savedsearch.SearchedDataset;
import dev.resentry.storage.search.SearchDataset;
import org.jspecify.annotations.Nullable;

/** Reads the names of datasets. */
public final class Datasets {
    private Datasets() {}

    /**
     * The dataset of a name.
     *
     * @throws ApiException if it is missing, or there is no such dataset
     */
    public static SearchedDataset of(@Nullable String name) {
        if (name == null) {
            throw ApiException.invalid("dataset", "missing (expected: %s)".formatted(SearchedDataset.WORDS));
        }
        return SearchedDataset.of(name)
                .orElseThrow(() ->
                        ApiException.invalid("dataset", "'%s' (expected: %s)".formatted(name, SearchedDataset.WORDS)));
    }

    /** The fields of a dataset. */
    public static SearchDataset searched(SearchedDataset dataset) {
        return switch (dataset) {
            case ISSUES -> SearchDataset.ISSUES;
            case EVENTS -> SearchDataset.EVENTS;
            case TRANSACTIONS -> SearchDataset.TRANSACTIONS;
            case LOGS -> SearchDataset.LOGS;
            case SPANS -> SearchDataset.SPANS;
        };
    }
}
