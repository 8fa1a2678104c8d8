package dev.resentry.processor.notification;

import dev.resentry.storage.delivery.ClaimedDelivery;
import java.time.Instant;
import java.util.Map;

/** What a kind of receiver understands. */
interface WebhookForm {
    /**
     * Writes what is posted.
     *
     * @param now when it is sent, which signed forms say
     */
    Message write(ClaimedDelivery delivery, DeliveryContent content, Instant now);

    /**
     * What is posted.
     *
     * @param headers besides that the body is JSON
     */
    record Message(Map<String, String> headers, String body) {}
}
