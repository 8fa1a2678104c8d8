package dev.resentry.query.suggest;

import dev.resentry.storage.savedsearch.SearchedDataset;
import dev.resentry.storage.suggest.SampledTable;
import java.time.Duration;

/** Where suggestions for a dataset are looked for, and for how long. */
final class SampledDataset {
    /** Who types does not wait longer. */
    static final Duration TIME = Duration.ofSeconds(2);

    static final Duration LOOK_BACK = Duration.ofDays(30);

    private SampledDataset() {}

    /** The rows that tags and fields are of; those of issues are of their events, but for their own fields. */
    static SampledTable table(SearchedDataset dataset) {
        return switch (dataset) {
            case ISSUES, EVENTS -> SampledTable.EVENTS;
            case TRANSACTIONS -> SampledTable.TRANSACTIONS;
            case LOGS -> SampledTable.LOGS;
            case SPANS -> SampledTable.SPANS;
        };
    }
}
