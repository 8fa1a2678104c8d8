package dev.resentry.processor.notification;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.NewDelivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Deliveries for tests. */
final class Deliveries {
    static final JsonMapper JSON = new JsonMapper();

    private Deliveries() {}

    static final String BROKE = """
            {"subject": "It broke", "text": "NullPointerException in Cart.total\\nmore than 10 in 5 minutes", "color_level": "error",
             "link": {"url": "https://errors.example/issues/42/", "title": "WEB-1A"}, "thread": "issue-42",
             "unsubscribe": "https://errors.example/ui/account",
             "fields": [{"name": "Release", "value": "1.2.3"}, {"name": "Environment", "value": "production"}]}
            """;

    static ClaimedDelivery claimed(DeliveryKind kind, TargetType type, String target, @Nullable String secret) {
        return new ClaimedDelivery(
                7, "p", Instant.parse("2026-11-27T10:00:00Z"), kind, type, target, secret, 1L, BROKE, 1);
    }

    static DeliveryContent content(String json) {
        return new DeliveryContent(JSON.readTree(json));
    }

    static NewDelivery added(TargetType type, String target, @Nullable String secret, String json) {
        return new NewDelivery(
                DeliveryKind.ALERT, type, target, secret, null, 1L, 42L, 3L, null, null, JSON.readTree(json));
    }
}
