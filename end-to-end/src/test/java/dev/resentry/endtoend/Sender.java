package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeWriter;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Sends envelopes to a gateway, as SDKs do. */
record Sender(String gatewayUrl, String publicKey, long projectId) {

    static Sender of(Api api, String gatewayUrl) {
        return new Sender(gatewayUrl, api.publicKey(), api.project().path("id").asLong());
    }

    static byte[] event(EventId id, String message) {
        var event = Http.JSON.createObjectNode().put("event_id", id.toString()).put("message", message);
        var item = EnvelopeItem.of(
                ItemHeader.of(ItemType.Known.EVENT),
                Payload.of(Http.JSON.writeValueAsString(event).getBytes(UTF_8)));
        return EnvelopeWriter.write(new Envelope(EnvelopeHeader.of(id, null, Instant.now()), List.of(item)));
    }

    static EventId newId() {
        return new EventId(UUID.randomUUID());
    }

    Http.Answer send(byte[] envelope) {
        return send(envelope, "");
    }

    Http.Answer send(byte[] body, String encoding) {
        var request = Http.request("%s/api/%d/envelope/".formatted(gatewayUrl, projectId))
                .header("X-Sentry-Auth", "Sentry sentry_version=7, sentry_client=test/1, sentry_key=" + publicKey)
                .POST(BodyPublishers.ofByteArray(body));
        return Http.send(encoding.isEmpty() ? request : request.header("Content-Encoding", encoding));
    }
}
