package dev.resentry.model.project;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public key of a DSN: 32 ASCII characters, compared exactly. It may be followed by flags after a dot, which do not
 * belong to the key (ingest protocol, section 1.3).
 */
public record PublicKey(String value) {
    public static final int LENGTH = 32;

    public PublicKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException("public key: %d characters (expected: %d visible ASCII characters)"
                    .formatted(value.length(), LENGTH));
        }
    }

    /** Reads a key, without its flags if it has any. Empty when it is not a key. */
    public static Optional<PublicKey> parse(String text) {
        int dot = text.indexOf('.');
        String key = dot < 0 ? text : text.substring(0, dot);
        return isValid(key) ? Optional.of(new PublicKey(key)) : Optional.empty();
    }

    /** A new random key of 32 lower-case hex digits. */
    public static PublicKey random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH / 2];
        random.nextBytes(bytes);
        return new PublicKey(HexFormat.of().formatHex(bytes));
    }

    private static boolean isValid(String key) {
        return key.length() == LENGTH && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    @Override
    public String toString() {
        return value;
    }
}
