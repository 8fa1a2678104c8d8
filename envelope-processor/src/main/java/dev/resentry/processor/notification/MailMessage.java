package dev.resentry.processor.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.delivery.ClaimedDelivery;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import java.util.regex.Pattern;

/** A mail as it is sent: text and HTML, in a thread, and saying of itself that no person wrote it. */
final class MailMessage extends MimeMessage {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{Cntrl}<>()\\[\\],;:\\\\\"@]+@[^\\s\\p{Cntrl}<>()\\[\\],;:\\\\\"@]+");
    private static final Pattern NOT_IN_IDS = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern URL = Pattern.compile("https?://[^\\s\\p{Cntrl}<>]+");

    private final String id;

    private MailMessage(Session session, String id) {
        super(session);
        this.id = id;
    }

    /**
     * Writes a mail.
     *
     * @throws MessagingException if it cannot be: the address is none
     */
    static MailMessage of(Session session, String from, ClaimedDelivery delivery, DeliveryContent content)
            throws MessagingException {
        if (!ADDRESS.matcher(delivery.target()).matches()) {
            throw new MessagingException("'%s' is no address".formatted(DeliveryContent.oneLine(delivery.target())));
        }
        InternetAddress sender = sender(from);
        String domain = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
        // The same each time it is sent, so that one which came twice is recognised.
        var message = new MailMessage(
                session,
                "<delivery-%d.%d@%s>"
                        .formatted(delivery.id(), delivery.createdAt().toEpochMilli(), domain));
        message.setFrom(sender);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(delivery.target()));
        message.setSubject(content.subject(), UTF_8.name());
        message.setSentDate(Date.from(delivery.createdAt()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        content.thread()
                .ifPresent(thread -> message.inThread(NOT_IN_IDS.matcher(thread).replaceAll("-"), domain));
        content.unsubscribe()
                .filter(url -> URL.matcher(url).matches())
                .ifPresent(url -> message.header("List-Unsubscribe", "<" + url + ">"));
        message.setContent(body(content));
        message.saveChanges();
        return message;
    }

    private static InternetAddress sender(String from) throws MessagingException {
        InternetAddress parsed = new InternetAddress(from, false);
        String name = parsed.getPersonal();
        if (name != null) {
            try {
                parsed.setPersonal(DeliveryContent.oneLine(name), UTF_8.name());
            } catch (UnsupportedEncodingException e) {
                throw new MessagingException("UTF-8 is always there", e);
            }
        }
        return parsed;
    }

    /** All mails of a thread answer one that nobody has: so they are shown together, whichever came first. */
    private void inThread(String thread, String domain) {
        String root = "<thread-%s@%s>".formatted(thread, domain);
        header("References", root);
        header("In-Reply-To", root);
    }

    private void header(String name, String value) {
        try {
            setHeader(name, value);
        } catch (MessagingException e) {
            throw new IllegalStateException("a new message takes any header", e);
        }
    }

    private static MimeMultipart body(DeliveryContent content) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText(MailText.plain(content), UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(MailText.html(content), UTF_8.name(), "html");
        // The last is the one that is preferred.
        return new MimeMultipart("alternative", text, html);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
