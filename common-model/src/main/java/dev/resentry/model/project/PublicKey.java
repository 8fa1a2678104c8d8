package dev.resentry.model.project;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public key of a DSN: 32 visible ASCII characters, compared exactly. In a DSN it may be followed by flags after a dot,
 * which do not belong to the key (ingest protocol, section 1.3); so a key has no dot, and neither comma nor equals sign, which
 * part the fields of a header.
 */
public record PublicKey(String value) {
    public static final int LENGTH = 32;

    private static final String RESERVED = ".,=";

    public PublicKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "public key: %d characters (expected: %d visible ASCII characters, none of them %s)"
                            .formatted(value.length(), LENGTH, RESERVED));
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
        if (key.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = key.charAt(i);
            if (c <= ' ' || c >= 0x7f || RESERVED.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
