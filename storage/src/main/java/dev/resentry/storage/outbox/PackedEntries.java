package dev.resentry.storage.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.encoding.ZstdFrame;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecordJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many records in one value, which together are a tenth of what they are apart: how many they are, then of each the length and the
 * bytes of its key and of its JSON; in a frame of zstd.
 */
final class PackedEntries {
    /** Far above what a batch tells. */
    private static final BoundedDecoder DECODER = new BoundedDecoder(512 * 1024 * 1024);

    private PackedEntries() {}

    static byte[] pack(List<? extends ProcessedRecord> records) {
        var bytes = new ByteArrayOutputStream(records.size() * 1024);
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(records.size());
            for (ProcessedRecord record : records) {
                write(out, record.key());
                write(out, ProcessedRecordJson.toBytes(record));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ZstdFrame.of(bytes.toByteArray());
    }

    /** @throws IllegalStateException if {@link #pack} has not written it */
    static List<EventsOutbox.Entry> unpack(byte[] packed) {
        if (!(DECODER.decode(ContentEncoding.ZSTD, packed) instanceof Decoded.Content(byte[] content))) {
            throw new IllegalStateException(
                    "events_outbox: %d packed bytes are no frame of zstd".formatted(packed.length));
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            int count = in.readInt();
            List<EventsOutbox.Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                entries.add(new EventsOutbox.Entry(new String(read(in), UTF_8), read(in)));
            }
            return entries;
        } catch (IOException e) {
            throw new IllegalStateException("events_outbox: packed records break off", e);
        }
    }

    private static void write(DataOutputStream out, byte[] text) throws IOException {
        out.writeInt(text.length);
        out.write(text);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
