package dev.resentry.model.envelope;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes of one item: a view of a part of the decoded envelope, without a copy.
 *
 * @param source the whole decoded envelope; never changed
 * @param offset where the payload begins in it
 * @param length how many bytes it has
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below
public record Payload(byte[] source, int offset, int length) {

    public Payload {
        Objects.checkFromIndexSize(offset, length, source.length);
    }

    /** A payload of its own bytes. */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes, 0, bytes.length);
    }

    /** The same bytes, holding at most twice as many: what outlives its envelope must not keep all of it in memory. */
    public Payload detached() {
        return length >= source.length / 2 ? this : of(toByteArray());
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(source, offset, offset + length);
    }

    public InputStream inputStream() {
        return new ByteArrayInputStream(source, offset, length);
    }

    /** Equal if the bytes are, wherever they lie. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Payload(byte[] theirs, int from, int size)
                && Arrays.equals(source, offset, offset + length, theirs, from, from + size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + source[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "Payload[%d bytes at %d]".formatted(length, offset);
    }
}
