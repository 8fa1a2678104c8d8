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
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mail by a server that takes it. */
final class SmtpChannel implements Channel {
    private static final int MAX_REQUEST = 8_000;
    private static final int PERMANENT = 500;

    /** Servers that take mail take few connections of one client. */
    private static final int CONNECTIONS = 8;

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(SmtpChannel.class);

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
        if (!hasConnection()) {
            return new DeliveryResult.Postponed(new Attempt(null, "", "waits for the mail server", shown), BUSY);
        }
        try {
            return send(message, shown);
        } finally {
            connections.release();
        }
    }

    /** Shorter than the lease, in which a mail has to be sent once it is its turn. */
    private boolean hasConnection() {
        try {
            return connections.tryAcquire(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private DeliveryResult send(MailMessage message, String shown) {
        SMTPTransport transport = null;
        try {
            transport = (SMTPTransport) session.getTransport("smtp");
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
            close(transport);
        }
    }

    /** It was taken, or has failed, before this: what goes wrong with the goodbye changes neither. */
    private static void close(@Nullable SMTPTransport transport) {
        try {
            if (transport != null) {
                transport.close();
            }
        } catch (MessagingException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("The mail server did not say goodbye");
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
