package dev.resentry.model.envelope;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.Dsn;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first line of an envelope (ingest protocol, section 2.2).
 *
 * @param json the whole header as it was sent, unknown keys too; not to be changed
 */
public record EnvelopeHeader(
        @Nullable EventId eventId,
        @Nullable Dsn dsn,
        @Nullable Instant sentAt,
        ObjectNode json) {

    /** A header with just these values. */
    public static EnvelopeHeader of(@Nullable EventId eventId, @Nullable Dsn dsn, @Nullable Instant sentAt) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Optional.ofNullable(eventId).ifPresent(id -> json.put("event_id", id.toString()));
        Optional.ofNullable(dsn).ifPresent(d -> json.put("dsn", d.toString()));
        Optional.ofNullable(sentAt).ifPresent(at -> json.put("sent_at", at.toString()));
        return new EnvelopeHeader(eventId, dsn, sentAt, json);
    }
}
