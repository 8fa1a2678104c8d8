package dev.resentry.storage.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-1 by which tools name what they upload. It finds chunks and shows that nothing was lost; bytes are kept by another hash.
 *
 * @param hex 40 lower-case hex digits
 */
public record Sha1(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}");

    public Sha1 {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("SHA-1: '%s' (expected: 40 lower-case hex digits)".formatted(hex));
        }
    }

    /** A digest to be fed with bytes. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** The hash of some bytes. */
    public static Sha1 of(byte[] content) {
        return ofDigest(digest().digest(content));
    }

    /** A hash that was computed before. */
    public static Sha1 ofDigest(byte[] sha1) {
        return new Sha1(HexFormat.of().formatHex(sha1));
    }

    /** Reads 40 hex digits of either case; empty if it is anything else. */
    public static Optional<Sha1> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return HEX.matcher(lower).matches() ? Optional.of(new Sha1(lower)) : Optional.empty();
    }

    public byte[] toByteArray() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
