package dev.resentry.processor.notification;

import dev.resentry.storage.delivery.ClaimedDelivery;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The form of Sentry's integration platform, which most receivers verify. */
final class SentryForm implements WebhookForm {
    /** There is one installation of ours at each receiver; this names it, and stays. */
    private static final String INSTALLATION = "5e5e0c5e-0000-4000-8000-000000000001";

    @Override
    public Message write(ClaimedDelivery delivery, DeliveryContent content, Instant now) {
        JsonNode said = content.form("sentry");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("action", said == null ? "triggered" : said.path("action").asString("triggered"));
        body.putObject("installation").put("uuid", INSTALLATION);
        JsonNode data = said == null ? null : said.get("data");
        body.set("data", data == null ? LeanForm.plain(delivery, content) : data);
        JsonNode actor = said == null ? null : said.get("actor");
        if (actor == null) {
            body.putObject("actor")
                    .put("type", "application")
                    .put("id", "sentry")
                    .put("name", "Sentry");
        } else {
            body.set("actor", actor);
        }
        String text = CompactJson.write(body);
        String resource = said == null ? "event_alert" : said.path("resource").asString("event_alert");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Request-ID", requestId(delivery));
        headers.put("Sentry-Hook-Resource", DeliveryContent.oneLine(resource));
        headers.put("Sentry-Hook-Timestamp", String.valueOf(now.getEpochSecond()));
        if (delivery.secret() != null) {
            headers.put("Sentry-Hook-Signature", Signature.of(delivery.secret(), text));
        }
        return new Message(headers, text);
    }

    /** A UUID in hexadecimal digits, the same each time a delivery is sent, so that receivers know one that came twice. */
    private static String requestId(ClaimedDelivery delivery) {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(delivery.createdAt().toEpochMilli() << 16 | 0x4000)
                .putLong(delivery.id() | Long.MIN_VALUE)
                .array();
        return HexFormat.of().formatHex(id);
    }
}
