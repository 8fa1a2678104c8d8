package dev.resentry.gateway.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A gateway that starts while Kafka is away accepts envelopes for the projects that it knew before. */
class RememberedProjectsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void projectsAreKnownOverARestartWithoutKafkaAndForgottenOnceTheTopicNamesThemNoMore() throws Exception {
        Path memory = directory.resolve("spool").resolve("projects");
        TestServers servers = TestServers.shared();
        KafkaSettings settings = settings(servers);
        try (var topics = new TopicProvisioner(settings);
                var first = new ProjectTopicFollower(settings, topics, memory)) {
            await().atMost(SOON).until(first::isComplete);
            publish(settings, project(7), project(8));
            await().atMost(SOON).until(() -> new ProjectsFile(memory).read().size() == 2);
        }
        new ProjectsFile(memory).write(List.of(project(7), project(8), project(9)));

        servers.stopKafka();
        try (var topics = new TopicProvisioner(settings);
                var second = new ProjectTopicFollower(settings, topics, memory)) {
            assertThat(Stream.of(7, 8, 9).map(id -> second.find(new ProjectId(id))))
                    .allMatch(Optional::isPresent);
            assertThat(second.isComplete()).isFalse();
            assertThat(second.check()).isInstanceOf(CheckResult.Ok.class);

            servers.startKafka();
            await().atMost(SOON).until(second::isComplete);
            assertThat(second.find(new ProjectId(8))).isPresent();
            assertThat(second.find(new ProjectId(9))).isEmpty();
            await().atMost(SOON).until(() -> new ProjectsFile(memory).read().size() == 2);
        }
    }

    @Test
    void aBrokenOrUnwritableFileCausesNoFailure() throws Exception {
        Path file = directory.resolve("projects");
        Files.write(
                file,
                Stream.of(new String(ProjectRecord.value(project(7)), UTF_8), "{\"half\"")
                        .toList());

        assertThat(new ProjectsFile(file).read()).containsExactly(project(7));
        assertThat(new ProjectsFile(directory.resolve("none")).read()).isEmpty();
        new ProjectsFile(file.resolve("below-a-file")).write(List.of(project(7)));
        assertThat(new ProjectsFile(file).read()).containsExactly(project(7));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static ProjectConfig project(long id) {
        return new ProjectConfig(
                new ProjectId(id),
                1,
                "project-" + id,
                true,
                List.of(new ProjectConfig.Key(new PublicKey(Long.toString(id).repeat(32)), true, List.of())),
                List.of("*"),
                List.of());
    }

    private static void publish(KafkaSettings settings, ProjectConfig... projects) throws Exception {
        try (var producer = new KafkaProducer<>(
                settings.clientProperties("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProjectConfig project : projects) {
                producer.send(new ProducerRecord<>(
                                settings.topics().projects(),
                                ProjectRecord.key(project.id()),
                                ProjectRecord.value(project)))
                        .get();
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
}
