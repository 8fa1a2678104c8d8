package dev.resentry.storage.blob;

import dev.resentry.model.envelope.Payload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a blob's bytes, which is its name.
 *
 * @param hex 64 lower-case hex digits
 */
public record BlobHash(String hex) implements Comparable<BlobHash> {

    /** The hash of some bytes. */
    public static BlobHash of(Payload content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.source(), content.offset(), content.length());
            return of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A hash that was computed before. */
    public static BlobHash of(byte[] sha256) {
        return new BlobHash(HexFormat.of().formatHex(sha256));
    }

    public byte[] toByteArray() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(BlobHash other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
