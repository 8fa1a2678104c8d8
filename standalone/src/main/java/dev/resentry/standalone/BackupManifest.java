package dev.resentry.standalone;

import dev.resentry.model.encoding.ArchivePart;
import dev.resentry.storage.backup.LedgerSums;
import dev.resentry.storage.backup.SavedTable;
import dev.resentry.storage.backup.SequenceValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is in a backup. The last part of its file.
 *
 * @param format of the file
 * @param madeAt the moment whose state it has
 * @param version of the Resentry that made it
 * @param schema the migrations that its tables have
 * @param ledgerTopics the topics {@code envelopes} that the ledger knows, by Kafka's ids: each that was made anew is another
 * @param topic what was on topic {@code envelopes}; null if that is not in it
 * @param blobs that were in a bucket; null if all were in the database
 */
record BackupManifest(
        int format,
        Instant madeAt,
        String version,
        List<String> schema,
        List<Table> tables,
        List<SequenceValue> sequences,
        LedgerSums ledger,
        List<UUID> ledgerTopics,
        @Nullable Topic topic,
        @Nullable Blobs blobs) {

    static final String PART = "manifest.json";
    static final int FORMAT = 1;
    static final int MAX_BYTES = 64_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    BackupManifest {
        schema = List.copyOf(schema);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        ledgerTopics = List.copyOf(ledgerTopics);
    }

    /** A table, or a day of one, and its part of the file. */
    record Table(SavedTable table, long rows, ArchivePart part) {}

    /**
     * The records of topic {@code envelopes}.
     *
     * @param processed how many of them are in the tables
     * @param ends behind the last record of each partition
     */
    record Topic(String name, UUID id, Map<Integer, Long> ends, long records, long processed, ArchivePart part) {
        Topic {
            ends = Map.copyOf(ends);
        }
    }

    /**
     * The blobs of a bucket.
     *
     * @param gone that nothing referred to any more when they were to be read
     */
    record Blobs(long count, long gone, ArchivePart part) {}

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    byte[] json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static BackupManifest parse(byte[] json) {
        try {
            int format = JSON.readTree(json).path("format").asInt(0);
            if (format != FORMAT) {
                throw new UserFacingException("The backup has format %d (expected: %d)".formatted(format, FORMAT));
            }
            return JSON.readValue(json, BackupManifest.class);
        } catch (JacksonException e) {
            throw new UserFacingException("The backup's manifest cannot be read: " + e.getOriginalMessage());
        }
    }
}
