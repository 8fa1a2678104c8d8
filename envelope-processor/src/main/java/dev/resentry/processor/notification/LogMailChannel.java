package dev.resentry.processor.notification;

import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryResult;
import dev.resentry.storage.delivery.DeliveryResult.Attempt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mail where no server takes it: printed to the log as a whole, so that an installation without one can be used and tried. */
final class LogMailChannel implements Channel {
    static final String ANSWER = "printed to the log: EMAIL_HOST is not set";

    private static final Logger LOG = LoggerFactory.getLogger(LogMailChannel.class);

    @Override
    public DeliveryResult send(ClaimedDelivery delivery, DeliveryContent content) {
        String head = "To: %s\nSubject: %s\n".formatted(DeliveryContent.oneLine(delivery.target()), content.subject());
        String mail = head + "\n" + MailText.plain(content);
        LOG.atInfo().addKeyValue("delivery", delivery.id()).log("A mail, printed as EMAIL_HOST is not set\n" + mail);
        return new DeliveryResult.Delivered(
                new Attempt(null, ANSWER, null, delivery.kind() == DeliveryKind.MAIL ? head : Cut.to(mail, 8_000)));
    }
}
