package dev.resentry.storage.savedsearch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a search is of. The words are part of the API. */
public enum SearchedDataset {
    ISSUES,
    EVENTS,
    TRANSACTIONS,
    LOGS,
    SPANS;

    /** The words of all datasets, for messages. */
    public static final String WORDS =
            Arrays.stream(values()).map(SearchedDataset::wireName).collect(Collectors.joining(", "));

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SearchedDataset> of(String wireName) {
        return Arrays.stream(values())
                .filter(dataset -> dataset.wireName().equals(wireName))
                .findFirst();
    }
}
