package dev.resentry.gateway.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.project.ProjectRequests.Reply;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.ProjectCreationRequest;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

@Timeout(120)
class KafkaProjectRequestsIT {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Clock.systemUTC().instant());
    private KafkaSettings settings;
    private TopicProvisioner topics;
    private ProjectTopicFollower projects;
    private ExecutorService executor;
    private KafkaProjectRequests requests;

    @BeforeEach
    void start() {
        TestServers servers = TestServers.shared();
        settings = new KafkaSettings(
                servers.bootstrapServers(),
                servers.newTopicPrefix(),
                (short) 1,
                1,
                Duration.ofDays(1),
                DataSize.ofMegabytes(22),
                Map.of());
        topics = new TopicProvisioner(settings);
        projects = new ProjectTopicFollower(settings, topics, null);
        executor = Executors.newVirtualThreadPerTaskExecutor();
        requests = new KafkaProjectRequests(settings, projects, executor, now::get);
        await().atMost(Duration.ofSeconds(30)).until(projects::isComplete);
    }

    @AfterEach
    void stop() {
        requests.close();
        executor.close();
        projects.close();
        topics.close();
    }

    @Test
    void aRequestedProjectIsReturnedAsSoonAsItIsCreated() {
        CompletableFuture<Reply> first = requests.request("new-shop");
        CompletableFuture<Reply> second = requests.request("new-shop");
        await().until(() -> !wanted().isEmpty());
        ProjectConfig made = make("new-shop");

        assertThat(first).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(new Reply.Created(made));
        assertThat(second).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(new Reply.Created(made));
        assertThat(wanted()).as("asked for once").containsExactly("new-shop");
    }

    @Test
    void aProjectThatIsNotCreatedInTimeIsAnsweredAsPending() {
        assertThat(requests.request("nobody-makes-it"))
                .succeedsWithin(Duration.ofSeconds(20))
                .isEqualTo(new Reply.Pending());
    }

    @Test
    void whatCannotBeASlugAndWhatLooksLikeAKeyIsNotAskedFor() {
        for (String name : List.of("", "No Slug", "-x", "a".repeat(51), "e12d836b15bb49d7bbf99e64295d995b")) {
            assertThat(requests.request(name)).isCompletedWithValue(new Reply.Rejected());
        }
        assertThat(wanted()).isEmpty();
    }

    @Test
    void requestsPerMinuteAreBounded() {
        for (int i = 0; i < 60; i++) {
            var _ = requests.request("flood-" + i);
        }
        assertThat(requests.request("one-more")).isCompletedWithValue(new Reply.Pending());
        await().until(() -> wanted().size() == 60);
        assertThat(wanted()).doesNotContain("one-more");

        now.updateAndGet(instant -> instant.plusSeconds(60));
        var _ = requests.request("one-more");
        await().until(() -> wanted().contains("one-more"));
    }

    private ProjectConfig make(String slug) {
        var config = new ProjectConfig(
                new ProjectId(7),
                1,
                slug,
                true,
                List.of(new ProjectConfig.Key(new PublicKey("e12d836b15bb49d7bbf99e64295d995b"), true, List.of())),
                List.of("*"),
                List.of());
        try (var producer = new KafkaProducer<>(
                settings.clientProperties("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            var _ = producer.send(new ProducerRecord<>(
                    settings.topics().projects(), ProjectRecord.key(config.id()), ProjectRecord.value(config)));
            producer.flush();
        }
        return config;
    }

    private List<String> wanted() {
        List<String> slugs = new ArrayList<>();
        var partition = new TopicPartition(settings.topics().projectCreationRequests(), 0);
        try (var consumer = new KafkaConsumer<>(
                settings.clientProperties("test"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> slugs.add(
                                ProjectCreationRequest.read(record.value()).slug()));
            }
        }
        return slugs;
    }
}
