package dev.resentry.query.dashboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a widget of a dashboard shows something. The words are part of the API. */
public enum WidgetKind {
    LINE,
    AREA,
    BAR,
    /** One figure. */
    NUMBER,
    TABLE,
    /** The groups with the most. */
    TOP,
    ISSUES;

    static final String WORDS =
            Arrays.stream(values()).map(WidgetKind::wireName).collect(Collectors.joining(", "));

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<WidgetKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }
}
