package dev.resentry.query.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A random secret of 256 bits that proves who its bearer is. Only its hash is kept; as it cannot be guessed, one without salt does.
 *
 * @param text what the bearer gets, once
 */
public record SecretToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** One whose text begins with some letters, by which people and scanners recognise it, and goes on in hex. */
    public static SecretToken random(String prefix) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new SecretToken(prefix + HexFormat.of().formatHex(bytes));
    }

    /** What is kept of it. */
    public byte[] hash() {
        return sha256(text);
    }

    /** Another secret, which only who knows this one can tell, and which does not tell this one. */
    String derived(String purpose) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(purpose + ":" + text));
    }

    static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SecretToken[redacted]";
    }
}
