package dev.resentry.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Three gateways on a real broker. */
@Timeout(180)
class KafkaUsageExchangeIT {
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final int WINDOW_SECONDS = 5;
    private static final long LIMIT = 150;
    private static final ProjectConfig PROJECT = new ProjectConfig(
            new ProjectId(7),
            1,
            "shop",
            true,
            List.of(),
            List.of("*"),
            List.of(new Quota(Set.of(DataCategory.ERROR), LIMIT, Duration.ofSeconds(WINDOW_SECONDS), "project_quota")));

    private static final ProjectConfig DAILY = new ProjectConfig(
            new ProjectId(8),
            1,
            "daily",
            true,
            List.of(),
            List.of("*"),
            List.of(new Quota(Set.of(DataCategory.ERROR), 100, Duration.ofDays(1), "project_quota")));

    private final Map<Long, Long> admittedByWindow = new ConcurrentHashMap<>();

    @Test
    void threeGatewaysKeepOneLimitAndGoOnWithoutKafka() {
        TestServers servers = TestServers.shared();
        KafkaSettings kafka = settings(servers);
        try (var topics = new TopicProvisioner(kafka);
                var first = new Running(kafka, topics, 80);
                var second = new Running(kafka, topics, 15);
                var third = new Running(kafka, topics, 5)) {
            List<Running> all = List.of(first, second, third);
            await().atMost(Duration.ofSeconds(30)).until(() -> all.stream().allMatch(Running::hearsTwoOthers));

            long begin = window() + 1;
            loadUntil(begin + 3, all, 0);
            assertThat(admitted(begin + 1)).isCloseTo(LIMIT, within(LIMIT / 10));
            assertThat(admitted(begin + 2)).isCloseTo(LIMIT, within(LIMIT / 10));

            servers.stopKafka();
            long alone = window() + 2;
            loadUntil(alone + 1, all, 0);
            assertThat(admitted(alone)).isBetween(LIMIT, 3 * LIMIT);

            servers.startKafka();
            await().atMost(Duration.ofSeconds(60)).until(() -> all.stream().allMatch(Running::hearsTwoOthers));
            long again = window() + 1;
            // The load lies elsewhere now.
            loadUntil(again + 2, all, 2);
            assertThat(admitted(again + 1)).isCloseTo(LIMIT, within(LIMIT / 10));
        }
    }

    @Test
    void aLongWindowGoesOnWhenTheOnlyGatewayIsStartedAnewAndWhenItsTopicIsMadeAnew() throws Exception {
        TestServers servers = TestServers.shared();
        KafkaSettings kafka = settings(servers);
        try (var topics = new TopicProvisioner(kafka)) {
            try (var before = new Running(kafka, topics, 0)) {
                await().atMost(Duration.ofSeconds(30)).until(before.limits::isSharing);
                assertThat(before.admittedOf(60)).isEqualTo(60);
            }

            try (var after = new Running(kafka, topics, 0)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> after.limits.remembered() > 0);
                assertThat(after.admittedOf(100)).isEqualTo(40);

                makeAnew(kafka);
                poison(kafka);
                try (var another = new Running(kafka, topics, 0)) {
                    await().atMost(Duration.ofSeconds(90))
                            .until(() -> after.limits.gateways() == 2 && another.limits.gateways() == 2);
                    await().atMost(Duration.ofSeconds(10)).until(() -> another.limits.remembered() >= 2);
                    assertThat(another.admittedOf(100)).isZero();
                }
            }
        }
    }

    private static KafkaSettings settings(TestServers servers) {
        return new KafkaSettings(
                servers.bootstrapServers(),
                servers.newTopicPrefix(),
                (short) 1,
                1,
                Duration.ofDays(1),
                DataSize.ofMegabytes(22),
                Map.of());
    }

    private static void makeAnew(KafkaSettings kafka) throws Exception {
        String topic = kafka.topics().usage();
        try (var admin = Admin.create(kafka.clientProperties("test"))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !admin.listTopics().names().get().contains(topic));
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void poison(KafkaSettings kafka) throws Exception {
        String topic = kafka.topics().usage();
        try (var producer = new KafkaProducer<>(
                kafka.clientProperties("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1, 2, 3})).get();
            producer.send(new ProducerRecord<>(topic, null)).get();
            producer.send(new ProducerRecord<>(topic, new byte[0])).get();
        }
    }

    /** Asks as fast as the parts say until a window begins; the waiting paces the load, and waits for nothing else. */
    private void loadUntil(long window, List<Running> gateways, int rotation) {
        long start = System.nanoTime();
        var offered = new ArrayList<>(List.of(0L, 0L, 0L));
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(10))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    double seconds = (System.nanoTime() - start) / 1e9;
                    for (int i = 0; i < gateways.size(); i++) {
                        double perSecond = gateways.get((i + rotation) % gateways.size()).perSecond;
                        for (long n = offered.get(i); n < seconds * perSecond; n++) {
                            gateways.get(i).ask();
                            offered.set(i, n + 1);
                        }
                    }
                    return window() >= window;
                });
    }

    private long admitted(long window) {
        return admittedByWindow.getOrDefault(window, 0L);
    }

    private static long window() {
        return System.currentTimeMillis() / 1000 / WINDOW_SECONDS;
    }

    private final class Running implements AutoCloseable {
        private final ClusterRateLimits limits =
                new ClusterRateLimits(LimitSettings.UNLIMITED, Clock.systemUTC(), UUID.randomUUID());
        private final KafkaUsageExchange exchange;
        private final double perSecond;

        Running(KafkaSettings kafka, TopicProvisioner topics, double perSecond) {
            this.exchange = new KafkaUsageExchange(kafka, topics, limits, Map.of());
            this.perSecond = perSecond;
        }

        /** How much goes through of so much for the limit of a day. */
        long admittedOf(int times) {
            return IntStream.range(0, times)
                    .filter(_ -> limits.admit(DAILY, KEY, Map.of(DataCategory.ERROR, 1L))
                            .limited()
                            .isEmpty())
                    .count();
        }

        boolean hearsTwoOthers() {
            return limits.otherGateways() == 2;
        }

        void ask() {
            long window = window();
            if (limits.admit(PROJECT, KEY, Map.of(DataCategory.ERROR, 1L))
                    .limited()
                    .isEmpty()) {
                admittedByWindow.merge(window, 1L, Long::sum);
            }
        }

        @Override
        public void close() {
            exchange.close();
        }
    }
}
