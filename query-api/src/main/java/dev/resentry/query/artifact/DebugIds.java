package dev.resentry.query.artifact;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Debug ids in the spellings of tools: with and without dashes, in either case, some with an age behind. */
public final class DebugIds {
    private static final Pattern SPELLING = Pattern.compile(
            "(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{12})(?:-?\\p{XDigit}{1,8})?");

    private DebugIds() {}

    /** Reads one; empty if it is none. */
    public static Optional<UUID> parse(String text) {
        var matcher = SPELLING.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(UUID.fromString(matcher.replaceFirst("$1-$2-$3-$4-$5")))
                : Optional.empty();
    }
}
