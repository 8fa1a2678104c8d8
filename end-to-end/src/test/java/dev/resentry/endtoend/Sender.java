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
import tools.jackson.databind.JsonNode;

/** Sends envelopes to a gateway, as SDKs do. */
record Sender(String gatewayUrl, String publicKey, long projectId) {

    static Sender of(Api api, String gatewayUrl) {
        return new Sender(gatewayUrl, api.publicKey(), api.project().path("id").asLong());
    }

    static byte[] event(EventId id, String message) {
        return event(
                id, Http.JSON.createObjectNode().put("event_id", id.toString()).put("message", message));
    }

    static byte[] event(EventId id, JsonNode event) {
        var item = EnvelopeItem.of(
                ItemHeader.of(ItemType.Known.EVENT),
                Payload.of(Http.JSON.writeValueAsString(event).getBytes(UTF_8)));
        return EnvelopeWriter.write(new Envelope(EnvelopeHeader.of(id, null, Instant.now()), List.of(item)));
    }

    /** How many items {@link #eventAndOthers} has. */
    static final int EVENT_AND_OTHERS = 8;

    /** An envelope with an event and what may come beside it, and with an item of a type that nobody knows. */
    static byte[] eventAndOthers(EventId id, String message) {
        return """
                {"event_id":"%1$s","sent_at":"%2$s"}
                {"type":"event"}
                {"event_id":"%1$s","message":"%3$s","environment":"production","user":{"id":"%1$s"},"tags":{"shop":"books"}}
                {"type":"attachment","filename":"cart.txt"}
                three books
                {"type":"session"}
                {"sid":"%1$s","init":true,"started":"%2$s","status":"ok","attrs":{"release":"shop@1.0"}}
                {"type":"check_in"}
                {"check_in_id":"%1$s","monitor_slug":"nightly","status":"ok"}
                {"type":"log","item_count":2,"content_type":"application/vnd.sentry.items.log+json"}
                {"items":[{"timestamp":1,"level":"info","body":"one"},{"timestamp":2,"level":"info","body":"two"}]}
                {"type":"user_report"}
                {"event_id":"%1$s","name":"Ada","email":"ada@example.com","comments":"It broke"}
                {"type":"client_report"}
                {"timestamp":"%2$s","discarded_events":[{"reason":"queue_overflow","category":"error","quantity":1}]}
                {"type":"of_tomorrow"}
                {}
                """.formatted(id, Instant.now(), message).getBytes(UTF_8);
    }

    /** How many items {@link #transaction} has. */
    static final int TRANSACTION = 1;

    /** A transaction with two spans. */
    static byte[] transaction(EventId id) {
        double end = Instant.now().toEpochMilli() / 1000.0;
        return """
                {"event_id":"%1$s"}
                {"type":"transaction"}
                {"event_id":"%1$s","type":"transaction","transaction":"GET /cart","start_timestamp":%2$f,"timestamp":%3$f,\
                "contexts":{"trace":{"trace_id":"%1$s","span_id":"aaaaaaaaaaaaaaaa","op":"http.server"}},"spans":[\
                {"trace_id":"%1$s","span_id":"bbbbbbbbbbbbbbbb","parent_span_id":"aaaaaaaaaaaaaaaa","op":"db",\
                "start_timestamp":%2$f,"timestamp":%3$f},\
                {"trace_id":"%1$s","span_id":"cccccccccccccccc","parent_span_id":"aaaaaaaaaaaaaaaa","op":"cache",\
                "start_timestamp":%2$f,"timestamp":%3$f}]}
                """.formatted(id, end - 0.2, end).getBytes(UTF_8);
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
