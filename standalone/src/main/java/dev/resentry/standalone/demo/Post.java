package dev.resentry.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeWriter;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An envelope in the making. */
final class Post {
    private final @Nullable EventId id;
    private final List<EnvelopeItem> items = new ArrayList<>();

    /** @param id of the event that all of it belongs to; null if there is none */
    Post(@Nullable EventId id) {
        this.id = id;
    }

    Post add(ItemType type, JsonNode payload) {
        return add(ItemHeader.of(type).with("content_type", "application/json"), payload.toString());
    }

    Post add(ItemHeader header, String payload) {
        return add(header, payload.getBytes(UTF_8));
    }

    Post add(ItemHeader header, byte[] payload) {
        items.add(EnvelopeItem.of(header, Payload.of(payload)));
        return this;
    }

    byte[] bytes() {
        return EnvelopeWriter.write(new Envelope(EnvelopeHeader.of(id, null, Instant.now()), items));
    }
}
