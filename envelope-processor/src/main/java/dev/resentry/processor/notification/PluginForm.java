package dev.resentry.processor.notification;

import dev.resentry.storage.delivery.ClaimedDelivery;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The form of Sentry's old webhooks plugin. Nothing signs it. */
final class PluginForm implements WebhookForm {

    @Override
    public Message write(ClaimedDelivery delivery, DeliveryContent content, Instant now) {
        JsonNode plugin = content.form("plugin");
        return new Message(Map.of(), CompactJson.write(plugin == null ? LeanForm.plain(delivery, content) : plugin));
    }
}
