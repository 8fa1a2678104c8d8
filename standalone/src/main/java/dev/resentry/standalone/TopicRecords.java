package dev.resentry.standalone;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** How records of a topic stand in a backup, one after the other, with their lengths in front. */
final class TopicRecords {
    private static final int END = -1;
    private static final int NONE = -1;
    private static final int MAX_BYTES = 100_000_000;

    private TopicRecords() {}

    /**
     * A record where it stood.
     *
     * @param processed whether what it holds is in the tables
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
    record Saved(
            int partition,
            boolean processed,
            long timestamp,
            List<Header> headers,
            byte @Nullable [] key,
            byte @Nullable [] value) {}

    static void write(DataOutputStream out, Saved record) throws IOException {
        out.writeInt(record.partition());
        out.writeBoolean(record.processed());
        out.writeLong(record.timestamp());
        out.writeInt(record.headers().size());
        for (Header header : record.headers()) {
            out.writeUTF(header.key());
            writeBytes(out, header.value());
        }
        writeBytes(out, record.key());
        writeBytes(out, record.value());
    }

    static void writeEnd(DataOutputStream out) throws IOException {
        out.writeInt(END);
        out.flush();
    }

    /** The next record; empty behind the last one. */
    static Optional<Saved> read(DataInputStream in) throws IOException {
        int partition = in.readInt();
        if (partition == END) {
            return Optional.empty();
        }
        boolean processed = in.readBoolean();
        long timestamp = in.readLong();
        List<Header> headers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            headers.add(new RecordHeader(in.readUTF(), readBytes(in)));
        }
        return Optional.of(new Saved(partition, processed, timestamp, headers, readBytes(in), readBytes(in)));
    }

    private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.writeInt(NONE);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            return null;
        }
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a record of %d bytes (expected: at most %d)".formatted(length, MAX_BYTES));
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
