package dev.resentry.gateway.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    private static ProjectConfig config(long revision, boolean active) {
        return new ProjectConfig(
                ID,
                revision,
                "shop",
                active,
                List.of(new ProjectConfig.Key(new PublicKey("a".repeat(32)), true, List.of())),
                List.of("*"),
                List.of());
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
