package dev.resentry.model.search;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers with and without units. */
public enum SearchQuantity {
    /** A plain number, or thousands, millions and billions. */
    NUMBER("a number, such as 100, 1.5k, 2m or 3b"),
    /** In milliseconds. */
    DURATION("a duration, such as 250ms, 1.5s, 10min, 2h, 3d or 1w"),
    /** In bytes. */
    SIZE("a size, such as 512, 100kb, 1.5mib or 2gb");

    private static final Pattern FORM =
            Pattern.compile("(?<number>[+-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30}))(?<unit>[A-Za-z]*)");

    private final String expected;

    SearchQuantity(String expected) {
        this.expected = expected;
    }

    /** What is one, for people. */
    public String expected() {
        return expected;
    }

    /** In the smallest unit; empty if the text is none. */
    public Optional<BigDecimal> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(factor(matcher.group("unit").toLowerCase(Locale.ROOT)))
                .map(factor -> new BigDecimal(matcher.group("number")).multiply(new BigDecimal(factor)));
    }

    private @Nullable String factor(String unit) {
        return switch (this) {
            case NUMBER -> ofNumber(unit);
            case DURATION -> ofDuration(unit);
            case SIZE -> ofSize(unit);
        };
    }

    private static @Nullable String ofNumber(String unit) {
        return switch (unit) {
            case "" -> "1";
            case "k" -> "1000";
            case "m" -> "1000000";
            case "b" -> "1000000000";
            default -> null;
        };
    }

    private static @Nullable String ofDuration(String unit) {
        return switch (unit) {
            case "ns" -> "0.000001";
            case "us" -> "0.001";
            case "", "ms" -> "1";
            case "s" -> "1000";
            case "m", "min" -> "60000";
            case "h", "hr" -> "3600000";
            case "d", "day" -> "86400000";
            case "w", "wk" -> "604800000";
            default -> null;
        };
    }

    private static @Nullable String ofSize(String unit) {
        return switch (unit) {
            case "", "b" -> "1";
            case "kb" -> "1000";
            case "mb" -> "1000000";
            case "gb" -> "1000000000";
            case "tb" -> "1000000000000";
            case "pb" -> "1000000000000000";
            case "kib" -> "1024";
            case "mib" -> "1048576";
            case "gib" -> "1073741824";
            case "tib" -> "1099511627776";
            case "pib" -> "1125899906842624";
            default -> null;
        };
    }
}
