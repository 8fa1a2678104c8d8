package dev.resentry.processor.consume;

import dev.resentry.storage.ingest.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a record of Kafka's client holds, in terms that storage knows. */
public final class ConsumedRecord {
    private ConsumedRecord() {}

    /**
     * The record with its place and its headers; the value is the same array.
     *
     * @param topicId of its topic; null if the ledger does not account for it
     */
    public static SourceRecord source(ConsumerRecord<byte[], byte[]> record, @Nullable UUID topicId) {
        return new SourceRecord(
                record.topic(), topicId, record.partition(), record.offset(), headers(record), record.value());
    }

    /** The headers in the order of the record. */
    public static List<SourceRecord.Header> headers(ConsumerRecord<byte[], byte[]> record) {
        List<SourceRecord.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new SourceRecord.Header(header.key(), header.value())));
        return headers;
    }

    /** The value of the last header of a name. */
    public static byte @Nullable [] lastHeader(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }
}
