package dev.resentry.query.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.wire.ProjectCreationRequest;
import dev.resentry.query.RunningApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Projects that gateways request are created (features, E2). */
@Timeout(120)
class ProjectCreationRequestsIT {

    @Test
    void aRequestedProjectIsCreatedOnceAndPublished() {
        Map<String, String> settings = RunningApi.freshSettings();
        try (RunningApi api = RunningApi.start(settings)) {
            var topic = new ProjectTopic(api);
            send(api, "rubbish", "rubbish".getBytes(UTF_8));
            send(api, "nothing", null);
            send(api, "wanted", new ProjectCreationRequest("wanted").value());
            send(api, "wanted", new ProjectCreationRequest("wanted").value());
            send(api, "last", new ProjectCreationRequest("last").value());

            await().atMost(Duration.ofSeconds(30)).until(() -> slugs(topic).contains("last"));

            assertThat(slugs(topic)).filteredOn("wanted"::equals).hasSize(1);
            assertThat(topic.state().values())
                    .filteredOn(project -> project.slug().equals("wanted"))
                    .allSatisfy(project -> {
                        assertThat(project.active()).isTrue();
                        assertThat(project.keys()).hasSize(1);
                    });
            assertThat(api.get("/api/v1/projects/").text()).contains("\"slug\":\"wanted\"");
        }
    }

    @Test
    void withoutAutoCreateTheRequestsAreNotRead() {
        Map<String, String> settings = RunningApi.freshSettings();
        settings.put("resentry.projects.auto-create", "false");
        try (RunningApi api = RunningApi.start(settings)) {
            assertThat(api.bean(ProjectCreationRequests.class).isRunning()).isFalse();
        }
    }

    private static List<String> slugs(ProjectTopic topic) {
        return topic.state().values().stream().map(ProjectConfig::slug).toList();
    }

    private static void send(RunningApi api, String key, byte[] value) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", RunningApi.servers().bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            var _ = producer.send(
                    new ProducerRecord<>(api.topicPrefix() + "projects.wanted", key.getBytes(UTF_8), value));
            producer.flush();
        }
    }
}
