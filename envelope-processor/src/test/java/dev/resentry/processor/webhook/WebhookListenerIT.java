package dev.resentry.processor.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.webhook.WebhookEvent;
import dev.resentry.storage.webhook.WebhookFormat;
import dev.resentry.storage.webhook.WebhookStore;
import dev.resentry.storage.webhook.WebhookStore.Details;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an envelope on its topic to what a receiver of webhooks gets, through a whole processor. */
@Timeout(240)
class WebhookListenerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private static RunningProcessor processor;
    private static HttpServer receiver;
    private static final Queue<Map.Entry<String, String>> RECEIVED = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            RECEIVED.add(
                    Map.entry(String.valueOf(exchange.getRequestHeaders().getFirst("Sentry-Hook-Signature")), body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        processor = new RunningProcessor(List.of("--resentry.targets.allowed-networks=127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        processor.close();
        receiver.stop(0);
    }

    @Test
    void aNewIssueAndItsReleaseAreToldOnceAndASignatureHoldsForWhatIsWrittenAgain() throws Exception {
        processor
                .bean(WebhookStore.class)
                .add(
                        null,
                        new Details(
                                "http://127.0.0.1:%d/hook"
                                        .formatted(receiver.getAddress().getPort()),
                                WebhookFormat.SENTRY,
                                Set.of(WebhookEvent.ISSUE_CREATED, WebhookEvent.RELEASE_CREATED),
                                true),
                        "the secret",
                        "ann@example.org");

        for (int i = 0; i < 2; i++) {
            processor.send("""
                    {}
                    {"type":"event"}
                    {"message":"no cart für ✓","release":"shop@1.2"}
                    """);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processor.count("events")).isEqualTo(2));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(RECEIVED).hasSize(2));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processor.count("deliveries WHERE state = 'delivered'"))
                        .isEqualTo(2));

        for (Map.Entry<String, String> one : RECEIVED) {
            JsonNode body = JSON.readTree(one.getValue());
            assertThat(one.getKey()).isEqualTo(hmac(JSON.writeValueAsString(body)));
            assertThat(body.path("action").asString()).isEqualTo("created");
        }
        assertThat(RECEIVED.stream().map(one -> JSON.readTree(one.getValue()).path("data")))
                .anyMatch(data -> data.at("/issue/title").asString("").equals("no cart für ✓"))
                .anyMatch(data -> data.at("/release/version").asString("").equals("shop@1.2"));
        assertThat(processor.count("deliveries")).isEqualTo(2);
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("the secret".getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }
}
