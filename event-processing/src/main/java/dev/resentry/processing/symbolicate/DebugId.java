package dev.resentry.processing.symbolicate;

import java.util.Optional;
import java.util.UUID;

/** Reads the id that a build gives to a file and its map. */
public final class DebugId {
    private static final int HEX_DIGITS = 32;

    private DebugId() {}

    /** Reads an id in either case, with and without dashes, and with what native tools put behind it. */
    public static Optional<UUID> parse(String text) {
        String hex = text.replace("-", "");
        if (hex.length() < HEX_DIGITS || hex.length() > HEX_DIGITS + 8) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, HEX_DIGITS, 16)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
