package dev.resentry.query.delivery;

import dev.resentry.model.alert.TargetType;
import dev.resentry.service.mail.MailSettings;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.NewDelivery;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Mail of the installation to people. Each is added in the caller's transaction, with what it tells of. */
public final class Mails {
    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH);

    private final MailSettings settings;
    private final DeliveryOutbox outbox;
    private final URI publicUrl;

    Mails(MailSettings settings, DeliveryOutbox outbox, URI publicUrl) {
        this.settings = settings;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    /** Whether a server takes mail; if not, links are handed on by those who make them. */
    public boolean areSetUp() {
        return settings.isSetUp();
    }

    /**
     * Mails an invitation, if a server takes mail.
     *
     * @param by who invites
     * @return whether it is mailed
     */
    public boolean sendInvitation(String email, String by, String link, Instant until) {
        return send(
                email,
                "You are invited to Resentry",
                "%s invites you to Resentry at %s.\n\nFollow this link to choose a name and a password:\n%s\n\nIt is good once, until %s."
                        .formatted(by, publicUrl, link, until(until)),
                link,
                "Accept the invitation");
    }

    /**
     * Mails a link by which a new password is set, if a server takes mail.
     *
     * @return whether it is mailed
     */
    public boolean sendPasswordReset(String email, String link, Instant until) {
        return send(
                email,
                "Your new password for Resentry",
                ("Somebody, you or an administrator, asked for a new password for %s at %s.\n\n"
                                + "Follow this link to choose one:\n%s\n\n"
                                + "It is good once, until %s. If you did not ask for it, you need not do anything: your password stays.")
                        .formatted(email, publicUrl, link, until(until)),
                link,
                "Choose a password");
    }

    /** Sends a test, which is printed to the log if no server takes mail, and returns the id of its delivery. */
    long sendTest(String email) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("subject", "Mail from Resentry works")
                .put(
                        "text",
                        "This is a test from Resentry at %s. If you read it, mail is set up well.".formatted(publicUrl))
                .put("color_level", "success");
        content.putObject("link").put("url", publicUrl.toString()).put("title", "Open Resentry");
        return add(DeliveryKind.TEST, email, content);
    }

    private boolean send(String email, String subject, String text, String link, String title) {
        if (!settings.isSetUp()) {
            return false;
        }
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("subject", subject).put("text", text).put("color_level", "info");
        content.putObject("link").put("url", link).put("title", title);
        add(DeliveryKind.MAIL, email, content);
        return true;
    }

    private long add(DeliveryKind kind, String email, ObjectNode content) {
        var delivery =
                new NewDelivery(kind, TargetType.EMAIL, email, null, null, null, null, null, null, null, content);
        return outbox.add(List.of(delivery)).getFirst();
    }

    private static String until(Instant at) {
        return UNTIL.format(at.atOffset(ZoneOffset.UTC));
    }
}
