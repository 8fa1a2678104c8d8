package dev.resentry.processor.notification;

import dev.resentry.storage.delivery.ClaimedDelivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Our own form: what its maker wrote, or else what is said in plain words. Signed with its time, so that it cannot be sent again later. */
final class LeanForm implements WebhookForm {

    @Override
    public Message write(ClaimedDelivery delivery, DeliveryContent content, Instant now) {
        JsonNode lean = content.form("lean");
        String body = CompactJson.write(lean == null ? plain(delivery, content) : lean);
        String timestamp = String.valueOf(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Resentry-Kind", delivery.kind().wireName());
        headers.put("X-Resentry-Delivery", String.valueOf(delivery.id()));
        headers.put("X-Resentry-Timestamp", timestamp);
        if (delivery.secret() != null) {
            headers.put("X-Resentry-Signature", "sha256=" + Signature.of(delivery.secret(), timestamp + "." + body));
        }
        return new Message(headers, body);
    }

    static ObjectNode plain(ClaimedDelivery delivery, DeliveryContent content) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        plain.put("kind", delivery.kind().wireName())
                .put("title", content.subject())
                .put("text", content.text());
        content.link().ifPresent(link -> plain.put("url", link.url()));
        ObjectNode fields = plain.putObject("fields");
        content.fields().forEach(field -> fields.put(field.name(), field.value()));
        return plain;
    }
}
