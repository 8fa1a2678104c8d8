package dev.resentry.processing.symbolicate;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Reads the id that a build gives to a file and its map. */
public final class DebugId {
    private static final int HEX_DIGITS = 32;
    /** The age, which native tools put behind an id. */
    private static final int AGE_DIGITS = 8;

    private DebugId() {}

    /** Reads an id in either case, with and without dashes, and with an age behind it; empty if the text is none. */
    public static Optional<UUID> parse(String text) {
        String hex = text.strip().replace("-", "");
        if (hex.length() < HEX_DIGITS
                || hex.length() > HEX_DIGITS + AGE_DIGITS
                || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(
                new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, HEX_DIGITS, 16)));
    }
}
