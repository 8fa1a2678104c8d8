package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.ConformanceProjects.CLOSED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.DISABLED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.PAGES_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.UNKNOWN_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.dsn;
import static dev.resentry.gateway.endpoint.Rule.ENVELOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rejection is reported once, for the project whose key sent the request; without a valid key it is not reported. */
@Timeout(30)
class RejectionOutcomesTest {
    private static final Queue<String> ACCOUNT = new ConcurrentLinkedQueue<>();
    private static final GatewayUnderTest GATEWAY = GatewayUnderTest.with(
            new ConformanceProjects(),
            _ -> CompletableFuture.completedFuture(new Publication.Kept()),
            1_000,
            List.of(),
            (project, key, category, outcome, quantity) -> ACCOUNT.add("%s %s %s %s %s %d"
                    .formatted(project, key, category.wireName(), outcome.wireName(), outcome.reasonName(), quantity)));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void beginAnew() {
        ACCOUNT.clear();
    }

    @Test
    void keptEnvelopesAreNotReported() throws Exception {
        assertThat(post("42/envelope/", KEY, "", ENVELOPE)).isEqualTo(200);
        assertThat(ACCOUNT).isEmpty();
    }

    @Test
    void rejectionsOfAuthenticatedSendersAreReported() throws Exception {
        rejected(415, "42 %s default invalid content_encoding 1", "42/envelope/", KEY, "Content-Encoding: lzma", "x");
        rejected(415, "42 %s security invalid content_type 1", "42/security/", KEY, "Content-Type: text/plain", "{}");
        rejected(400, "42 %s attachment_item invalid event_id 1", "42/events/x/attachments/", KEY, "", "x");
        rejected(400, "42 %s default invalid no_data 1", "42/envelope/", KEY, "", "");
        rejected(400, "42 %s default invalid invalid_envelope 1", "42/envelope/", KEY, "", "[]");
        rejected(413, "42 %s error invalid too_large 1", "42/store/", KEY, "", "x".repeat(1_001));
    }

    @Test
    void rejectionsOfDisabledKeysDisabledProjectsAndForbiddenOriginsAreReported() throws Exception {
        rejected(403, "42 %s default invalid project_state 1", "42/envelope/", DISABLED_KEY, "", ENVELOPE);
        rejected(403, "44 %s error invalid project_state 1", "44/store/", CLOSED_KEY, "", "{}");
        rejected(403, "45 %s error invalid cors 1", "45/store/", PAGES_KEY, "Origin: https://evil.example", "{}");
    }

    @Test
    void rejectionsOfEnvelopesWithTheKeyInTheirHeaderAreReported() throws Exception {
        String body = "{\"dsn\":\"%s\"}\n".formatted(dsn(DISABLED_KEY, 42));
        assertThat(send("42/envelope/", "X: x", body)).isEqualTo(403);

        assertThat(ACCOUNT).containsExactly("42 %s default invalid project_state 1".formatted(DISABLED_KEY));
    }

    @Test
    void rejectedReportsOfAKnownProjectAreReported() throws Exception {
        assertThat(send("v1/events/ingest/shop", "X: x", "{}")).isEqualTo(400);
        assertThat(send("v1/sessions/ingest/token/" + KEY, "X: x", "{}")).isEqualTo(400);
        assertThat(send("v1/events", "X: x", "{\"project_key\":\"closed\",\"message\":\"m\"}"))
                .isEqualTo(403);
        assertThat(send("v1/events/ingest/pages", "Origin: https://evil.example", "{\"message\":\"m\"}"))
                .isEqualTo(403);

        assertThat(ACCOUNT)
                .containsExactly(
                        "42 %s error invalid invalid_report 1".formatted(KEY),
                        "42 %s session invalid invalid_report 1".formatted(KEY),
                        "44 %s error invalid project_state 1".formatted(CLOSED_KEY),
                        "45 %s error invalid cors 1".formatted(PAGES_KEY));
    }

    @Test
    void rejectionsWithoutAKeyOfTheProjectAreNotReported() throws Exception {
        assertThat(send("42/envelope/", "X: x", ENVELOPE)).isEqualTo(401);
        assertThat(post("42/envelope/", UNKNOWN_KEY, "", ENVELOPE)).isEqualTo(403);
        assertThat(post("42/envelope/", PAGES_KEY, "", ENVELOPE)).isEqualTo(403);
        assertThat(post("42/envelope/", UNKNOWN_KEY, "Content-Encoding: lzma", ENVELOPE))
                .isEqualTo(415);
        assertThat(post("x/envelope/", KEY, "", ENVELOPE)).isEqualTo(400);
        assertThat(send("v1/events", "X: x", "{\"project_key\":5}")).isEqualTo(400);
        assertThat(send("v1/events", "X: x", "{\"message\":\"m\"}")).isEqualTo(400);
        assertThat(send("v1/events/ingest/nobody", "X: x", "{}")).isEqualTo(400);

        assertThat(ACCOUNT).isEmpty();
    }

    private static void rejected(int status, String entry, String path, String key, String header, String body)
            throws IOException {
        ACCOUNT.clear();
        assertThat(post(path, key, header, body)).as(path).isEqualTo(status);
        assertThat(ACCOUNT).containsExactly(entry.formatted(key));
    }

    private static int post(String path, String key, String header, String body) throws IOException {
        String more = header.isEmpty() ? "" : "\r\n" + header;
        return send(path, "X-Sentry-Auth: Sentry sentry_key=" + key + more, body);
    }

    private static int send(String path, String headers, String body) throws IOException {
        try (var wire = new Wire(GATEWAY.port())) {
            return wire.say("POST /api/%s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(path, headers, body.length(), body))
                    .response()
                    .status();
        }
    }
}
