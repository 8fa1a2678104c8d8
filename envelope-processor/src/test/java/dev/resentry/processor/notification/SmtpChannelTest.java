package dev.resentry.processor.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.resentry.model.alert.TargetType;
import dev.resentry.service.mail.MailSettings;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryResult;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail, as a mail server gets it. */
class SmtpChannelTest {
    private GreenMail server;

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailIsTextAndHtmlInAThreadAndSaysThatNobodyWroteIt() throws Exception {
        DeliveryResult result = send("ann@example.com", Deliveries.BROKE);

        assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
        assertThat(result.attempt().status()).isEqualTo(250);
        MimeMessage mail = received();
        assertThat(mail.getSubject()).isEqualTo("It broke");
        assertThat(header(mail, "From")).isEqualTo("Resentry <resentry@example.com>");
        assertThat(header(mail, "To")).isEqualTo("ann@example.com");
        assertThat(header(mail, "Message-ID")).isEqualTo("<delivery-7.1795773600000@example.com>");
        assertThat(header(mail, "References")).isEqualTo("<thread-issue-42@example.com>");
        assertThat(header(mail, "In-Reply-To")).isEqualTo("<thread-issue-42@example.com>");
        assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(mail, "List-Unsubscribe")).isEqualTo("<https://errors.example/ui/account>");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("NullPointerException in Cart.total", "https://errors.example/issues/42/");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("<a href=\"https://errors.example/issues/42/\">It broke</a>", "1.2.3", "production");
    }

    @Test
    void twoMailsOfAThreadHaveTheSameReferencesAndTheSameMailHasItsId() throws MessagingException {
        send("ann@example.com", Deliveries.BROKE);
        send("ann@example.com", Deliveries.BROKE);

        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(header(mails[0], "References")).isEqualTo(header(mails[1], "References"));
        assertThat(header(mails[0], "Message-ID")).isEqualTo(header(mails[1], "Message-ID"));
    }

    @Test
    void linesInSubjectThreadAndLinksBecomeNoHeaders() throws Exception {
        send("ann@example.com", """
                {"subject": "It broke\\r\\nBcc: eve@example.com\\u2028X-Evil: 1", "text": "x\\r\\n.\\r\\nMAIL FROM:<eve@example.com>",
                 "thread": "a>\\r\\nX-Evil: 1", "unsubscribe": "https://a.example/\\r\\nX-Evil: 1"}
                """);

        MimeMessage mail = received();
        assertThat(mail.getSubject()).isEqualTo("It broke Bcc: eve@example.com X-Evil: 1");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("X-Evil")).isNull();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(header(mail, "References")).isEqualTo("<thread-a---X-Evil--1@example.com>");
        assertThat(mail.getHeader("List-Unsubscribe")).isNull();
    }

    @Test
    void textIsNoHtml() throws Exception {
        send(
                "ann@example.com",
                "{\"subject\": \"<script>alert(1)</script>\", \"text\": \"<img src=x onerror=alert(1)> 'ü'\"}");

        var parts = (MimeMultipart) received().getContent();
        assertThat(parts.getBodyPart(1).getContent().toString())
                .doesNotContain("<script>", "<img")
                .contains("&lt;script&gt;", "&lt;img", "ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com\r\nRCPT TO:<eve@example.com>",
                "ann@example.com, eve@example.com",
                "Ann <ann@example.com>",
                "ann",
                "a@b@c"
            })
    void whatIsNoAddressIsRefusedAndNothingSent(String address) {
        DeliveryResult result = send(address, Deliveries.BROKE);

        assertThat(result).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(result.attempt().error()).contains("is no address");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void ofMailWithALinkOnlyTheHeadIsShown() {
        DeliveryResult result = new SmtpChannel(settings(server.getSmtp().getPort()))
                .send(delivery(DeliveryKind.MAIL, "ann@example.com"), Deliveries.content(Deliveries.BROKE));

        assertThat(result.attempt().request()).contains("Subject: It broke").doesNotContain("issues/42");
    }

    @Test
    void withoutAServerItIsPrintedToTheLog() {
        DeliveryResult result = new LogMailChannel()
                .send(delivery(DeliveryKind.ALERT, "ann@example.com"), Deliveries.content(Deliveries.BROKE));

        assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
        assertThat(result.attempt().answer()).isEqualTo("printed to the log: EMAIL_HOST is not set");
        assertThat(result.attempt().request()).contains("To: ann@example.com", "Subject: It broke", "Cart.total");
    }

    @Test
    void anAddressThatIsRefusedForGoodIsNotTriedAgain() throws IOException {
        try (var refusing = new ScriptedServer("550 5.1.1 no such user")) {
            DeliveryResult result = send(refusing.port(), "gone@example.com");

            assertThat(result).isInstanceOf(DeliveryResult.Refused.class);
            assertThat(result.attempt().status()).isEqualTo(550);
            assertThat(result.attempt().error()).contains("5.1.1 no such user");
        }
    }

    @Test
    void aGreylistIsTriedAgain() throws IOException {
        try (var greylisting = new ScriptedServer("451 4.7.1 greylisted, come back later")) {
            DeliveryResult result = send(greylisting.port(), "ann@example.com");

            assertThat(result).isInstanceOf(DeliveryResult.Failed.class);
            assertThat(result.attempt().status()).isEqualTo(451);
            assertThat(result.attempt().error()).contains("greylisted");
        }
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() throws IOException {
        int port;
        try (var gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        DeliveryResult result = send(port, "ann@example.com");

        assertThat(result).isInstanceOf(DeliveryResult.Failed.class);
        assertThat(result.attempt().status()).isNull();
        assertThat(result.attempt().error()).isNotBlank();
    }

    @Test
    void whereEncryptionIsAskedForNothingIsSaidWithoutIt() {
        var encrypted = new MailSettings(
                "127.0.0.1",
                server.getSmtp().getPort(),
                "",
                "",
                "resentry@example.com",
                true,
                false,
                Duration.ofSeconds(5));

        DeliveryResult result = new SmtpChannel(encrypted)
                .send(delivery(DeliveryKind.ALERT, "ann@example.com"), Deliveries.content(Deliveries.BROKE));

        assertThat(result).isInstanceOf(DeliveryResult.Failed.class);
        assertThat(result.attempt().error()).contains("STARTTLS");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private DeliveryResult send(String address, String content) {
        return new SmtpChannel(settings(server.getSmtp().getPort()))
                .send(delivery(DeliveryKind.ALERT, address), Deliveries.content(content));
    }

    private static DeliveryResult send(int port, String address) {
        return new SmtpChannel(settings(port))
                .send(delivery(DeliveryKind.ALERT, address), Deliveries.content(Deliveries.BROKE));
    }

    private static ClaimedDelivery delivery(DeliveryKind kind, String address) {
        return Deliveries.claimed(kind, TargetType.EMAIL, address, null);
    }

    private static MailSettings settings(int port) {
        return new MailSettings(
                "127.0.0.1", port, "", "", "Resentry <resentry@example.com>", false, false, Duration.ofSeconds(5));
    }

    private MimeMessage received() {
        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(mails).hasSize(1);
        return mails[0];
    }

    private static String header(MimeMessage mail, String name) throws MessagingException {
        String[] values = mail.getHeader(name);
        assertThat(values).as(name).hasSize(1);
        return values[0];
    }

    /** Says yes to everything but the recipient. */
    private static final class ScriptedServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final String answer;

        ScriptedServer(String answer) throws IOException {
            this.answer = answer;
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve() {
            try (Socket client = listener.accept()) {
                var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                say(client, "220 test");
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    say(client, line.startsWith("RCPT") ? answer : line.startsWith("EHLO") ? "250 test" : "250 ok");
                }
            } catch (IOException _) {
                // The test is over.
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
            client.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
