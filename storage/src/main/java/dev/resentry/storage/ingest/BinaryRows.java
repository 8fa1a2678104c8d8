package dev.resentry.storage.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.util.ByteConverter;

/** Rows in the binary format of {@code COPY} (PostgreSQL's documentation, "COPY", "Binary Format"), as far as they are not taken yet. */
final class BinaryRows {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(ISO_8859_1);

    /** PostgreSQL counts times from the year 2000 on. */
    private static final long EPOCH_MICROS =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2000-01-01T00:00:00Z"));

    private static final int NULL = -1;
    private static final int NO_MORE_ROWS = -1;

    private byte[] bytes = new byte[1 << 16];
    private int end;

    /** Before the first row. */
    void begin() {
        put(SIGNATURE);
        // Neither flags nor an extension of the header.
        putInt(0);
        putInt(0);
    }

    void beginRow(int columns) {
        putShort(columns);
    }

    void end() {
        putShort(NO_MORE_ROWS);
    }

    void absent() {
        putInt(NULL);
    }

    void text(String value) {
        bytes(value.getBytes(UTF_8));
    }

    void jsonb(String value) {
        byte[] json = value.getBytes(UTF_8);
        putInt(json.length + 1);
        // The format's version.
        need(1);
        bytes[end++] = 1;
        put(json);
    }

    void bytes(byte[] value) {
        putInt(value.length);
        put(value);
    }

    void bigint(long value) {
        putInt(Long.BYTES);
        putLong(value);
    }

    void integer(int value) {
        putInt(Integer.BYTES);
        putInt(value);
    }

    void number(double value) {
        bigint(Double.doubleToRawLongBits(value));
    }

    void flag(boolean value) {
        putInt(1);
        need(1);
        bytes[end++] = (byte) (value ? 1 : 0);
    }

    void uuid(UUID value) {
        putInt(2 * Long.BYTES);
        putLong(value.getMostSignificantBits());
        putLong(value.getLeastSignificantBits());
    }

    /** @param micros since 1970 */
    void instant(long micros) {
        bigint(micros - EPOCH_MICROS);
    }

    int size() {
        return end;
    }

    byte[] content() {
        return bytes;
    }

    /** Forgets what was taken. */
    void clear() {
        end = 0;
    }

    private void putShort(int value) {
        need(Short.BYTES);
        ByteConverter.int2(bytes, end, value);
        end += Short.BYTES;
    }

    private void putInt(int value) {
        need(Integer.BYTES);
        ByteConverter.int4(bytes, end, value);
        end += Integer.BYTES;
    }

    private void putLong(long value) {
        need(Long.BYTES);
        ByteConverter.int8(bytes, end, value);
        end += Long.BYTES;
    }

    private void put(byte[] value) {
        need(value.length);
        System.arraycopy(value, 0, bytes, end, value.length);
        end += value.length;
    }

    private void need(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(end, more)));
        }
    }
}
