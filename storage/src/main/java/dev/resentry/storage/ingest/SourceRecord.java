package dev.resentry.storage.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.EnvelopeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record of topic {@code envelopes} and where it stands: all that is needed to process it again.
 *
 * @param topicId of Kafka; null if it is not known, then the ledger does not account for the record
 * @param value the bytes as they came; handed on, never copied or changed
 */
@SuppressWarnings("ArrayRecordComponent") // a value is handed on, never compared
public record SourceRecord(
        String topic,
        @Nullable UUID topicId,
        int partition,
        long offset,
        List<Header> headers,
        byte @Nullable [] value) {

    public SourceRecord {
        headers = List.copyOf(headers);
    }

    /** A header of the record. A name may occur more than once; the last one counts. */
    @SuppressWarnings("ArrayRecordComponent") // a value is handed on, never compared
    public record Header(String name, byte @Nullable [] value) {}

    /** The id of its envelope, if that much of it can be read. */
    public Optional<EnvelopeId> envelopeId() {
        return parse(EnvelopeRecord.ENVELOPE_ID, EnvelopeId::parse);
    }

    /** The id of its project, if that much of it can be read. */
    public Optional<ProjectId> projectId() {
        return parse(EnvelopeRecord.PROJECT_ID, ProjectId::parse);
    }

    /** The id that its sender was answered, if it was and that much of it can be read. */
    public Optional<EventId> eventId() {
        return parse(EnvelopeRecord.EVENT_ID, EventId::parse);
    }

    /** When its envelope arrived, if that much of it can be read. */
    public Optional<Instant> receivedAt() {
        return parse(EnvelopeRecord.RECEIVED_AT, EnvelopeRecord::instantOfMicros);
    }

    /** The gateway that put it on the topic, if it says so. */
    public Optional<String> gateway() {
        return parse(EnvelopeRecord.GATEWAY, Optional::of);
    }

    /** The value of the last header of a name; null if there is none. */
    public byte @Nullable [] lastHeader(String name) {
        for (Header header : headers.reversed()) {
            if (header.name().equals(name)) {
                return header.value();
            }
        }
        return null;
    }

    private <T> Optional<T> parse(String name, Function<String, Optional<T>> parser) {
        return Optional.ofNullable(lastHeader(name)).flatMap(value -> parser.apply(new String(value, UTF_8)));
    }

    @Override
    public String toString() {
        return "%s/%d/%d".formatted(topic, partition, offset);
    }
}
