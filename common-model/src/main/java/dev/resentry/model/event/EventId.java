package dev.resentry.model.event;

import java.util.Optional;
import java.util.UUID;

/**
 * The id an SDK gives an event: 128 bits, written as 32 lower-case hex digits (ingest protocol, section 2.2).
 *
 * @param value the same bits as a UUID, which is how the database keeps them
 */
public record EventId(UUID value) implements Comparable<EventId> {

    /** Reads 32 hex digits or the dashed form of 36 characters, in any case. Empty for anything else. */
    public static Optional<EventId> parse(String text) {
        String hex = text.length() == 36 ? withoutDashes(text) : text;
        if (hex.length() != 32) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 32; i++) {
            int digit = Character.digit(hex.charAt(i), 16);
            if (digit < 0 || hex.charAt(i) > 'f') {
                return Optional.empty();
            }
            if (i < 16) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        return Optional.of(new EventId(new UUID(high, low)));
    }

    private static String withoutDashes(String text) {
        boolean dashed =
                text.charAt(8) == '-' && text.charAt(13) == '-' && text.charAt(18) == '-' && text.charAt(23) == '-';
        return dashed ? text.replace("-", "") : "";
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    /** The 32 hex digits. */
    @Override
    public String toString() {
        return value.toString().replace("-", "");
    }
}
