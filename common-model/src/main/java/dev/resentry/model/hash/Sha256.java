package dev.resentry.model.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Numbers made of the first 64 bits of a SHA-256: the same for the same bytes, and evenly distributed. */
public final class Sha256 {
    /** Only ever copied, which takes much less time than to look for one. */
    private static final MessageDigest UNUSED = unused();

    private Sha256() {}

    /** Of some bytes, one part behind the other. */
    public static long first64(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** For those that need all of its bits. */
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java has a SHA-256 that can be copied", e);
        }
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
