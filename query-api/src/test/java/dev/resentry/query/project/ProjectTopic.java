package dev.resentry.query.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.query.RunningApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topic {@code projects} as a gateway does. */
final class ProjectTopic {
    private final String name;
    private final String bootstrapServers;

    ProjectTopic(RunningApi api) {
        this.name = api.topicPrefix() + "projects";
        this.bootstrapServers = RunningApi.servers().bootstrapServers();
    }

    /** Every record of a project in their order; empty for one without a value. */
    List<Optional<ProjectConfig>> historyOf(long project) {
        List<Optional<ProjectConfig>> history = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            if (new String(record.key(), StandardCharsets.UTF_8).equals(Long.toString(project))) {
                history.add(Optional.ofNullable(record.value()).map(ProjectRecord::read));
            }
        }
        return history;
    }

    /** What is known of each project that is known. */
    Map<Long, ProjectConfig> state() {
        Map<Long, ProjectConfig> state = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            long id = Long.parseLong(new String(record.key(), StandardCharsets.UTF_8));
            if (record.value() == null) {
                state.remove(id);
            } else {
                state.put(id, ProjectRecord.read(record.value()));
            }
        }
        return state;
    }

    /** Deletes the topic and makes it anew, empty. */
    void lose() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.deleteTopics(List.of(name)).all().get();
            org.awaitility.Awaitility.await().ignoreExceptions().until(() -> {
                admin.createTopics(
                                List.of(new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                        .all()
                        .get();
                return true;
            });
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers);
        var partition = new TopicPartition(name, 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
