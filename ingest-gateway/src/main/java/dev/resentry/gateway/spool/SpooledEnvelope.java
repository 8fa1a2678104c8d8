package dev.resentry.gateway.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.wire.EnvelopeRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An envelope as it lies in the spool: the headers of its record by name, and its body. Headers are kept as bytes, so that a
 * gateway hands on what another version of the contract wrote.
 *
 * <p>As bytes: the number of headers (2), for each the length of its name (2), its name in UTF-8, the length of its value (4),
 * its value; then the body.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SpooledEnvelope(Map<String, byte[]> headers, byte[] body) {

    static SpooledEnvelope of(RawEnvelope envelope) {
        return new SpooledEnvelope(EnvelopeRecord.headers(envelope.receipt()), envelope.body());
    }

    /** Everything before the body. */
    ByteBuffer head() {
        List<byte[]> parts = new ArrayList<>();
        headers.forEach((name, value) -> {
            parts.add(name.getBytes(UTF_8));
            parts.add(value);
        });
        int lengths = headers.size() * (Short.BYTES + Integer.BYTES);
        int size = Short.BYTES
                + lengths
                + parts.stream().mapToInt(part -> part.length).sum();
        ByteBuffer head = ByteBuffer.allocate(size).putShort((short) headers.size());
        for (int i = 0; i < parts.size(); i += 2) {
            byte[] name = parts.get(i);
            byte[] value = parts.get(i + 1);
            head.putShort((short) name.length).put(name).putInt(value.length).put(value);
        }
        return head.flip();
    }

    /**
     * Reads one back.
     *
     * @throws IllegalArgumentException if the bytes are not what {@link #head} and a body make
     */
    static SpooledEnvelope read(ByteBuffer bytes) {
        try {
            Map<String, byte[]> headers = new LinkedHashMap<>();
            int count = Short.toUnsignedInt(bytes.getShort());
            for (int i = 0; i < count; i++) {
                String name = new String(take(bytes, Short.toUnsignedInt(bytes.getShort())), UTF_8);
                headers.put(name, take(bytes, bytes.getInt()));
            }
            return new SpooledEnvelope(headers, take(bytes, bytes.remaining()));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a spooled envelope ends within its headers", e);
        }
    }

    /** Its id as the contract writes it, for logs. */
    String id() {
        byte[] id = headers.get(EnvelopeRecord.ENVELOPE_ID);
        return id == null ? "unknown" : new String(id, UTF_8);
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
