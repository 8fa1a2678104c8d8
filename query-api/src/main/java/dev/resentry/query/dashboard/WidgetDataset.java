package dev.resentry.query.dashboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a widget of a dashboard is about. The words are part of the API. */
public enum WidgetDataset {
    EVENTS,
    TRANSACTIONS,
    LOGS,
    SPANS,
    /** Of lists of issues only. */
    ISSUES;

    static final String WORDS =
            Arrays.stream(values()).map(WidgetDataset::wireName).collect(Collectors.joining(", "));

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<WidgetDataset> of(String wireName) {
        return Arrays.stream(values())
                .filter(dataset -> dataset.wireName().equals(wireName))
                .findFirst();
    }
}
