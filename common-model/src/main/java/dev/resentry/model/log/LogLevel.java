package dev.resentry.model.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How severe a log is, the least severe first: the levels of SDKs' loggers, each of which is four severity numbers of OpenTelemetry. */
public enum LogLevel {
    TRACE(1),
    DEBUG(5),
    INFO(9),
    WARN(13),
    ERROR(17),
    FATAL(21);

    private static final int LAST_SEVERITY = 24;

    private static final Set<String> WIRE_NAMES =
            Arrays.stream(values()).map(LogLevel::wireName).collect(Collectors.toUnmodifiableSet());

    private final int severity;

    LogLevel(int severity) {
        this.severity = severity;
    }

    /** The name in items, in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lowest severity number of the level. */
    public int severity() {
        return severity;
    }

    /** The names of all levels. */
    public static Set<String> wireNames() {
        return WIRE_NAMES;
    }

    /** Reads a level in any case, and by the names that some logging libraries have. */
    public static Optional<LogLevel> parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "trace", "verbose" -> Optional.of(TRACE);
            case "debug" -> Optional.of(DEBUG);
            case "info", "information", "log", "notice" -> Optional.of(INFO);
            case "warn", "warning" -> Optional.of(WARN);
            case "error" -> Optional.of(ERROR);
            case "fatal", "critical" -> Optional.of(FATAL);
            default -> Optional.empty();
        };
    }

    /** The level of a severity number; empty if it is none of 1 to 24. */
    public static Optional<LogLevel> ofSeverity(int number) {
        return number < 1 || number > LAST_SEVERITY ? Optional.empty() : Optional.of(values()[(number - 1) / 4]);
    }
}
