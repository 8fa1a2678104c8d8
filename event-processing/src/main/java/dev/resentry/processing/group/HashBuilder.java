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
    private final String strategy;
    private final MessageDigest digest;

    HashBuilder(String strategy) {
        this.strategy = strategy;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        add(strategy);
    }

    HashBuilder add(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
        return this;
    }

    GroupingHash build() {
        return new GroupingHash(strategy, HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 16)));
    }
}
