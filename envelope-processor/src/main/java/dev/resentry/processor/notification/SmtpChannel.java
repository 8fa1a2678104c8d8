package dev.resentry.processor.notification;

import dev.resentry.service.mail.MailSettings;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryResult;
import dev.resentry.storage.delivery.DeliveryResult.Attempt;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** Mail by a server that takes it. */
final class SmtpChannel implements Channel {
    private static final int MAX_REQUEST = 8_000;
    private static final int PERMANENT = 500;

    /** Servers that take mail take few connections of one client. */
    private static final int CONNECTIONS = 8;

    private final MailSettings settings;
    private final Session session;
    private final Semaphore connections = new Semaphore(CONNECTIONS);

    SmtpChannel(MailSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        String timeout = String.valueOf(settings.timeout().toMillis());
        var properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", timeout);
        properties.setProperty("mail.smtp.timeout", timeout);
        properties.setProperty("mail.smtp.writetimeout", timeout);
        properties.setProperty(
                "mail.smtp.auth", String.valueOf(!settings.username().isEmpty()));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(settings.startTls() && !settings.tls()));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(settings.startTls() && !settings.tls()));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(settings.tls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        return properties;
    }

    @Override
    public DeliveryResult send(ClaimedDelivery delivery, DeliveryContent content) {
        MailMessage message;
        String shown;
        try {
            message = MailMessage.of(session, settings.from(), delivery, content);
            shown = shown(message, delivery);
        } catch (MessagingException | IOException e) {
            return new DeliveryResult.Refused(new Attempt(null, "", String.valueOf(e.getMessage()), ""));
        }
        connections.acquireUninterruptibly();
        try (var transport = (SMTPTransport) session.getTransport("smtp")) {
            transport.connect(
                    settings.host(),
                    settings.port(),
                    emptyAsNull(settings.username()),
                    emptyAsNull(settings.password()));
            transport.sendMessage(message, message.getAllRecipients());
            return new DeliveryResult.Delivered(new Attempt(
                    transport.getLastReturnCode(),
                    transport.getLastServerResponse().strip(),
                    null,
                    shown));
        } catch (MessagingException e) {
            return failed(e, shown);
        } finally {
            connections.release();
        }
    }

    /** What the server says is permanent is not tried again; all else is. */
    private static DeliveryResult failed(MessagingException failure, String shown) {
        Integer code = code(failure);
        var attempt = new Attempt(code, code == null ? "" : deepest(failure), deepest(failure), shown);
        return code != null && code >= PERMANENT
                ? new DeliveryResult.Refused(attempt)
                : new DeliveryResult.Failed(attempt);
    }

    private static @Nullable Integer code(MessagingException failure) {
        Integer code = null;
        for (Exception e = failure;
                e != null;
                e = e instanceof MessagingException next ? next.getNextException() : null) {
            code = switch (e) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                // Says -1 if it only holds others.
                case SMTPSendFailedException send when send.getReturnCode() > 0 -> send.getReturnCode();
                default -> code;
            };
        }
        return code;
    }

    private static String deepest(MessagingException failure) {
        Exception last = failure;
        while (last instanceof MessagingException current && current.getNextException() != null) {
            last = current.getNextException();
        }
        return DeliveryContent.oneLine(String.valueOf(last.getMessage()));
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The mail as it goes out; of one with a link that lets somebody in only its head. */
    private static String shown(MailMessage message, ClaimedDelivery delivery) throws MessagingException, IOException {
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        String whole = bytes.toString(StandardCharsets.UTF_8);
        String shown = delivery.kind() == DeliveryKind.MAIL ? whole.substring(0, whole.indexOf("\r\n\r\n") + 2) : whole;
        return Cut.to(shown, MAX_REQUEST);
    }
}
