package dev.resentry.processor.notification;

import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryResult;

/** A way by which somebody is told. */
interface Channel {
    /** Sends, and says what came of it. Takes less than {@link DeliveryWorker#LEASE}. */
    DeliveryResult send(ClaimedDelivery delivery, DeliveryContent content);
}
