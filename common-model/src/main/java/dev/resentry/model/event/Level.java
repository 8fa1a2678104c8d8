package dev.resentry.model.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How severe an event or a breadcrumb is, the least severe first (ingest protocol, section 8.1). */
public enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    FATAL;

    private static final Set<String> WIRE_NAMES =
            Arrays.stream(values()).map(Level::wireName).collect(Collectors.toUnmodifiableSet());

    /** The name in events, in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all levels. */
    public static Set<String> wireNames() {
        return WIRE_NAMES;
    }

    /** Reads a level as SDKs write it: in any case, and by the names that some logging libraries have. */
    public static Optional<Level> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "debug" -> Optional.of(DEBUG);
            case "info", "log" -> Optional.of(INFO);
            case "warning", "warn" -> Optional.of(WARNING);
            case "error" -> Optional.of(ERROR);
            case "fatal", "critical" -> Optional.of(FATAL);
            default -> Optional.empty();
        };
    }
}
