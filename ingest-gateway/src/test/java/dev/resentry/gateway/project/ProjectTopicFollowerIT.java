package dev.resentry.gateway.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.limit.ClusterRateLimits;
import dev.resentry.gateway.limit.Decision;
import dev.resentry.gateway.limit.LimitSettings;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

@Timeout(120)
class ProjectTopicFollowerIT {
    private static final ProjectId ID = new ProjectId(7);

    @Test
    void followsTheTopicAndKeepsWhatItKnewThroughAnOutage() throws Exception {
        TestServers servers = TestServers.shared();
        KafkaSettings settings = settings(servers);
        try (var topics = new TopicProvisioner(settings);
                var directory = new ProjectTopicFollower(settings, topics, null)) {
            await().atMost(Duration.ofSeconds(30)).until(directory::isComplete);
            assertThat(directory.find(ID)).isEmpty();

            publish(settings, config(2, true));
            await().until(() -> directory.find(ID).isPresent());
            publish(settings, config(1, false));
            publish(settings, config(3, true));
            await().until(() -> directory.find(ID).orElseThrow().revision() == 3);

            servers.stopKafka();
            assertThat(directory.find(ID)).isPresent();
            assertThat(directory.isComplete()).isTrue();
            servers.startKafka();
            publish(settings, config(4, false));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !directory.find(ID).orElseThrow().active());

            publish(settings, (byte[]) null);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> directory.find(ID).isEmpty());
        }
    }

    @Test
    void goesOnBehindRecordsThatCannotBeReadAndOnATopicThatIsMadeAnew() throws Exception {
        TestServers servers = TestServers.shared();
        KafkaSettings settings = settings(servers);
        try (var topics = new TopicProvisioner(settings);
                var directory = new ProjectTopicFollower(settings, topics, null)) {
            directory.onProject(project -> {
                if (project.revision() == 3) {
                    throw new IllegalStateException("a listener that fails");
                }
            });
            await().atMost(Duration.ofSeconds(30)).until(directory::isComplete);
            for (String poison : List.of(
                    "",
                    "no JSON",
                    "[]",
                    text(config(1, true)).replace("\"quotas\":[]", "\"quotas\":7"),
                    text(config(1, true))
                            .replace(
                                    "\"quotas\":[]",
                                    "\"quotas\":[{\"categories\":[],\"limit\":1%s,\"window\":1,\"reason_code\":\"x\"}]"
                                            .formatted("0".repeat(40))))) {
                publish(settings, poison.getBytes(UTF_8));
            }
            publish(settings, config(2, true));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> directory.find(ID).isPresent());
            assertThat(directory.unreadable()).isEqualTo(5);

            publish(settings, config(3, true));
            publish(settings, config(4, true));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> directory.find(ID).orElseThrow().revision() == 4);

            makeAnew(settings);
            publish(settings, config(5, false));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !directory.find(ID).orElseThrow().active());
        }
    }

    @Test
    void refusesWhatIsOverTheLimitOfASpikeFromItsRecordOnToTheNextOneWithoutIt() throws Exception {
        KafkaSettings settings = settings(TestServers.shared());
        var limits = new ClusterRateLimits(
                LimitSettings.UNLIMITED, InstantSource.fixed(Instant.parse("2026-11-20T10:00:15Z")), UUID.randomUUID());
        try (var topics = new TopicProvisioner(settings);
                var directory = new ProjectTopicFollower(settings, topics, null)) {
            publish(settings, config(1, true));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> directory.find(ID).isPresent());
            assertThat(admitted(limits, directory)).isEqualTo(10);

            publish(settings, config(2, true, Quota.ofSpike(3)));
            await().until(() -> directory.find(ID).orElseThrow().revision() == 2);
            assertThat(admitted(limits, directory)).isEqualTo(3);

            publish(settings, config(3, true));
            await().until(() -> directory.find(ID).orElseThrow().revision() == 3);
            assertThat(admitted(limits, directory)).isEqualTo(10);
        }
    }

    /** How many of ten errors go through; the others are told of the spike. */
    private static int admitted(ClusterRateLimits limits, ProjectTopicFollower directory) {
        ProjectConfig project = directory.find(ID).orElseThrow();
        PublicKey key = project.keys().getFirst().publicKey();
        int admitted = 0;
        for (int i = 0; i < 10; i++) {
            Decision decision = limits.admit(project, key, Map.of(DataCategory.ERROR, 1L));
            if (decision.limited().isEmpty()) {
                admitted++;
            } else {
                assertThat(decision.reasonFor(DataCategory.ERROR)).contains(Quota.SPIKE_PROTECTION);
            }
        }
        return admitted;
    }

    private static void makeAnew(KafkaSettings settings) throws Exception {
        String topic = settings.topics().projects();
        try (var admin = Admin.create(settings.clientProperties("test"))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !admin.listTopics().names().get().contains(topic));
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
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

    private static String text(ProjectConfig config) {
        return new String(ProjectRecord.value(config), UTF_8);
    }

    private static ProjectConfig config(long revision, boolean active, Quota... quotas) {
        return new ProjectConfig(
                ID,
                revision,
                "shop",
                active,
                List.of(new ProjectConfig.Key(new PublicKey("a".repeat(32)), true, List.of())),
                List.of("*"),
                List.of(quotas));
    }

    private static void publish(KafkaSettings settings, ProjectConfig config) throws Exception {
        publish(settings, config == null ? null : ProjectRecord.value(config));
    }

    private static void publish(KafkaSettings settings, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                settings.clientProperties("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(settings.topics().projects(), ProjectRecord.key(ID), value))
                    .get();
        }
    }
}
