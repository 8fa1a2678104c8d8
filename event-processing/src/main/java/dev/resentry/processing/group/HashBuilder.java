package dev.resentry.processing.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.issue.GroupingHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Hashes a list of values. Each is preceded by its length, so that no two different lists run into one another. */
final class HashBuilder {
    /** Only ever copied, which takes much less time than to look for one. */
    private static final MessageDigest UNUSED = unused();

    private final String strategy;
    private final MessageDigest digest;
    /** Many short values at once take the digest less time than one by one. */
    private final ByteBuffer gathered = ByteBuffer.allocate(1024);

    HashBuilder(String strategy) {
        this.strategy = strategy;
        try {
            this.digest = (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("every Java platform has a SHA-256 that can be copied", e);
        }
        add(strategy);
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    HashBuilder add(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        if (gathered.remaining() < Integer.BYTES + bytes.length) {
            flush();
        }
        gathered.putInt(bytes.length);
        if (gathered.remaining() < bytes.length) {
            flush();
            digest.update(bytes);
        } else {
            gathered.put(bytes);
        }
        return this;
    }

    private void flush() {
        digest.update(gathered.flip());
        gathered.clear();
    }

    GroupingHash build() {
        flush();
        return new GroupingHash(strategy, HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 16)));
    }
}
