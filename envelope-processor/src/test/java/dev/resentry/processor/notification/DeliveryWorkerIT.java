package dev.resentry.processor.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.alert.TargetType;
import dev.resentry.service.http.Network;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.http.TargetRules;
import dev.resentry.service.mail.MailSettings;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.delivery.DeliveryDesk;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.DeliveryQueries;
import dev.resentry.storage.delivery.DeliveryQueue;
import dev.resentry.storage.delivery.DeliveryRetries;
import dev.resentry.storage.delivery.DeliveryState;
import dev.resentry.storage.delivery.StoredDelivery;
import dev.resentry.storage.signal.WorkSignals;
import dev.resentry.testsupport.server.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** From the outbox to receivers that are well, ill, slow or gone, by any number of processors. */
@Timeout(120)
class DeliveryWorkerIT {
    private static final MailSettings NO_MAIL =
            new MailSettings("", 25, "", "", "", false, false, Duration.ofSeconds(5));
    private static final DeliveryRetries QUICK =
            new DeliveryRetries(List.of(Duration.ofMillis(50)), 4, 100, Duration.ofSeconds(1));

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static SafeHttp http;

    private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
    private final List<DeliveryWorker> workers = new ArrayList<>();
    private HttpServer receiver;
    private String base;

    @BeforeAll
    static void connect() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                8,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        http = new SafeHttp(
                new TargetRules(false, List.of(Network.parse("127.0.0.1"))),
                InetAddress::getAllByName,
                new SafeHttp.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    @AfterAll
    static void disconnect() throws IOException {
        http.close();
        pool.close();
    }

    @BeforeEach
    void start() throws IOException {
        jdbc.sql("TRUNCATE deliveries, delivery_targets").update();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.start();
        base = "http://127.0.0.1:" + receiver.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        workers.forEach(DeliveryWorker::stop);
        receiver.stop(0);
    }

    @Test
    void whatIsAddedArrivesSignedAndIsShownWithItsAnswer() {
        serve("/ok", (_, exchange) -> answer(exchange, 200, "thanks"));
        long id = add(TargetType.WEBHOOK, "/ok?token=hidden", "s3cret");

        work(QUICK);

        StoredDelivery delivered = awaitState(id, DeliveryState.DELIVERED);
        assertThat(delivered.lastStatus()).isEqualTo(200);
        assertThat(delivered.lastAnswer()).isEqualTo("thanks");
        assertThat(delivered.request())
                .contains("POST " + base + "/ok?…", "X-Resentry-Signature: …", "\"title\":\"It broke\"")
                .doesNotContain("hidden", "s3cret", "sha256=");
    }

    @Test
    void aReceiverThatFailsIsTriedAgainUntilItWorks() {
        serve("/ill", (n, exchange) -> answer(exchange, n < 3 ? 500 : 204, ""));
        long id = add(TargetType.SLACK, "/ill", null);

        work(QUICK);

        assertThat(awaitState(id, DeliveryState.DELIVERED).attempts()).isEqualTo(3);
    }

    @Test
    void aReceiverThatGoesOnFailingIsGivenUpAndSentAgainByAPerson() {
        serve("/ill", (n, exchange) -> answer(exchange, n <= 4 ? 400 : 200, "no"));
        long id = add(TargetType.WEBHOOK, "/ill", null);
        work(QUICK);
        StoredDelivery dead = awaitState(id, DeliveryState.DEAD);
        assertThat(dead.attempts()).isEqualTo(4);
        assertThat(dead.lastError()).isEqualTo("answered 400");

        new DeliveryDesk(jdbc).resend(id);

        assertThat(awaitState(id, DeliveryState.DELIVERED).attempts()).isEqualTo(1);
    }

    @Test
    void oneThatHangsHoldsUpNoOther() {
        var end = new CountDownLatch(1);
        serve("/hangs", (_, _) -> {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        serve("/ok", (_, exchange) -> answer(exchange, 200, ""));
        long hanging = add(TargetType.WEBHOOK, "/hangs", null);
        List<Long> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(add(TargetType.WEBHOOK, "/ok", null));
        }

        work(QUICK);

        others.forEach(id -> awaitState(id, DeliveryState.DELIVERED));
        await().untilAsserted(() -> assertThat(find(hanging).lastError()).contains("no whole answer within 1 s"));
        end.countDown();
    }

    @Test
    void redirectsAreNotFollowedAndGoneIsGone() {
        serve("/moved", (_, exchange) -> {
            exchange.getResponseHeaders().set("Location", base + "/secret");
            answer(exchange, 302, "");
        });
        serve("/secret", (_, exchange) -> answer(exchange, 200, ""));
        serve("/gone", (_, exchange) -> answer(exchange, 410, ""));
        long moved = add(TargetType.WEBHOOK, "/moved", null);
        long gone = add(TargetType.WEBHOOK, "/gone", null);
        long behind = add(TargetType.WEBHOOK, "/gone", null);

        work(QUICK);

        assertThat(awaitState(moved, DeliveryState.DEAD).lastError()).contains("redirect, which is not followed");
        assertThat(awaitState(gone, DeliveryState.DEAD).attempts()).isEqualTo(1);
        awaitState(behind, DeliveryState.SUPPRESSED);
        assertThat(received).doesNotContainKey("/secret");
        assertThat(received.get("/gone")).hasValue(1);
    }

    @Test
    void aReceiverThatHasTooMuchIsLeftAloneAsLongAsItSays() {
        serve("/busy", (n, exchange) -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            answer(exchange, n == 1 ? 429 : 200, "");
        });
        long id = add(TargetType.DISCORD, "/busy", null);
        long begin = System.nanoTime();

        work(QUICK);

        StoredDelivery delivered = awaitState(id, DeliveryState.DELIVERED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(delivered.attempts()).as("a 429 is no attempt").isEqualTo(1);
    }

    @Test
    void privateAddressesAreRefusedWithWhatWouldAllowThem() {
        long id = new DeliveryOutbox(pool)
                .add(List.of(Deliveries.added(TargetType.WEBHOOK, "http://127.0.0.2:1/", null, Deliveries.BROKE)))
                .getFirst();

        work(QUICK);

        StoredDelivery dead = awaitState(id, DeliveryState.DEAD);
        assertThat(dead.attempts()).isEqualTo(1);
        assertThat(dead.lastError()).contains("127.0.0.2", "RESENTRY_ALLOW_PRIVATE_TARGETS");
    }

    @Test
    void twoProcessorsSendEachDeliveryOnce() {
        List<Long> ids = new ArrayList<>();
        for (int target = 0; target < 15; target++) {
            serve("/t" + target, (_, exchange) -> answer(exchange, 200, ""));
            for (int i = 0; i < 8; i++) {
                ids.add(add(TargetType.WEBHOOK, "/t" + target, null));
            }
        }

        work(QUICK);
        work(QUICK);

        ids.forEach(id -> awaitState(id, DeliveryState.DELIVERED));
        assertThat(received.values())
                .hasSize(15)
                .allSatisfy(count -> assertThat(count).hasValue(8));
    }

    /** One processor dies when the receiver has the request and it has not noted so: the other sends it again, and nothing is lost. */
    @Test
    void whatAKilledProcessorHadInHandIsSentAgain() {
        serve("/ok", (_, exchange) -> answer(exchange, 200, ""));
        List<Long> ids = List.of(add(TargetType.WEBHOOK, "/ok", null), add(TargetType.WEBHOOK, "/ok", null));
        var killed = queue(QUICK);
        Map<TargetType, Channel> channels = NotificationConfiguration.channels(NO_MAIL, http);
        killed.claim("killed", 10, Duration.ofSeconds(2)).forEach(claimed -> {
            Channel channel = channels.get(claimed.type());
            assertThat(channel).isNotNull();
            channel.send(claimed, Deliveries.content(claimed.contentJson()));
        });
        assertThat(received.get("/ok")).hasValue(1);

        work(QUICK);

        ids.forEach(id -> awaitState(id, DeliveryState.DELIVERED));
        assertThat(received.get("/ok")).as("one twice, the other once").hasValue(3);
    }

    @Test
    void mailWithoutAServerIsPrintedAndDelivered() {
        long id = new DeliveryOutbox(pool)
                .add(List.of(Deliveries.added(TargetType.EMAIL, "ann@example.com", null, Deliveries.BROKE)))
                .getFirst();

        work(QUICK);

        assertThat(awaitState(id, DeliveryState.DELIVERED).lastAnswer()).isEqualTo(LogMailChannel.ANSWER);
    }

    private void work(DeliveryRetries retries) {
        var worker = new DeliveryWorker(
                queue(retries),
                NotificationConfiguration.channels(NO_MAIL, http),
                "p" + workers.size(),
                Duration.ofSeconds(20),
                new SimpleMeterRegistry(),
                new WorkSignals(pool));
        workers.add(worker);
        worker.start();
    }

    private static DeliveryQueue queue(DeliveryRetries retries) {
        return new DeliveryQueue(new JdbcTemplate(pool), new DataSourceTransactionManager(pool), retries);
    }

    private void serve(String path, BiConsumer<Integer, HttpExchange> handler) {
        receiver.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            int number =
                    received.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
            handler.accept(number, exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException _) {
            // Whoever asked has gone.
        }
    }

    private long add(TargetType type, String path, @Nullable String secret) {
        return new DeliveryOutbox(pool)
                .add(List.of(Deliveries.added(type, base + path, secret, Deliveries.BROKE)))
                .getFirst();
    }

    private static StoredDelivery find(long id) {
        return new DeliveryQueries(jdbc).find(id, VisibleProjects.ALL).orElseThrow();
    }

    private static StoredDelivery awaitState(long id, DeliveryState state) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(find(id).state()).isEqualTo(state));
        return find(id);
    }
}
