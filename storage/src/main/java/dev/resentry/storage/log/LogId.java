package dev.resentry.storage.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a log is: by its envelope, which arrived at a time, and its place in it. Its text is the id that the API gives, and says by itself
 * which partition to look into.
 *
 * @param position of its item in the envelope
 * @param index of the log in its item
 */
public record LogId(Instant receivedAt, UUID envelopeId, int position, int index) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,17})-([0-9a-f]{32})-(\\d{1,9})-(\\d{1,9})");

    /** Reads what {@link #toString} wrote; empty if it is anything else. */
    public static Optional<LogId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            String hex = matcher.group(2);
            return Optional.of(new LogId(
                    Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS),
                    new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16)),
                    Integer.parseInt(matcher.group(3)),
                    Integer.parseInt(matcher.group(4))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "%d-%s-%d-%d"
                .formatted(
                        ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt),
                        envelopeId.toString().replace("-", ""),
                        position,
                        index);
    }
}
