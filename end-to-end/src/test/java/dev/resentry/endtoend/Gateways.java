package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.model.wire.Topics;
import dev.resentry.testsupport.server.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Gateways with a Kafka and one project, without the other services. */
final class Gateways implements AutoCloseable {
    private static final ProjectId PROJECT = new ProjectId(42);
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");

    private final TestServers servers;
    private final String topicPrefix;
    private final Topics topics;
    private final Path spool;
    private final List<ServiceProcess> processes = new ArrayList<>();
    private boolean projectIsKnown;

    Gateways() {
        this(TestServers.shared());
    }

    Gateways(TestServers servers) {
        this.servers = servers;
        topicPrefix = servers.newTopicPrefix();
        topics = Topics.withPrefix(topicPrefix);
        spool = servers.newSpoolDirectory();
    }

    /** Starts a gateway, and waits until it takes what is sent to the project. */
    ServiceProcess start(int port, Map<String, String> settings, String... jvmFlags) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers());
        environment.put("KAFKA_TOPIC_PREFIX", topicPrefix);
        environment.put("KAFKA_ENVELOPE_PARTITIONS", "4");
        environment.putIfAbsent("RATE_LIMIT_EVENTS_PER_MINUTE", "unlimited");
        environment.put("RESENTRY_SPOOL_DIR", spool.toString());
        environment.put("JAVA_TOOL_OPTIONS", String.join(" ", jvmFlags));
        var process =
                ServiceProcess.start("ingest-gateway", "gateway-" + processes.size(), port, environment, "-Xmx256m");
        processes.add(process);
        process.awaitReady();
        if (!projectIsKnown) {
            announceProject();
            projectIsKnown = true;
        }
        await("the project is known").atMost(Duration.ofSeconds(30)).until(() -> takesEnvelopes(process));
        return process;
    }

    ServiceProcess start(Map<String, String> settings, String... jvmFlags) {
        return start(FreePort.find(), settings, jvmFlags);
    }

    private static boolean takesEnvelopes(ServiceProcess gateway) {
        return new Sender(gateway.url(), KEY.value(), PROJECT.value())
                        .send(Sender.event(Sender.newId(), "warm"))
                        .status()
                == 200;
    }

    private void announceProject() {
        var config = new ProjectConfig(
                PROJECT,
                1,
                "shop",
                true,
                List.of(new ProjectConfig.Key(KEY, true, List.of())),
                List.of("*"),
                List.of());
        Map<String, Object> properties = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topics.projects(), ProjectRecord.key(PROJECT), ProjectRecord.value(config)))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The head of a request with an envelope of so many bytes, and whatever further headers. */
    static byte[] head(long bodyBytes, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return ("POST /api/%s/envelope/ HTTP/1.1\r\nHost: localhost\r\nX-Sentry-Auth: Sentry sentry_version=7, sentry_key=%s\r\n"
                                .formatted(PROJECT, KEY.value())
                        + "Content-Length: %d\r\n%s\r\n".formatted(bodyBytes, more))
                .getBytes(US_ASCII);
    }

    /** The head and the body of a request with a small event. */
    static byte[] request(EventId id) {
        byte[] body = Sender.event(id, "Order failed");
        byte[] head = head(body.length);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    /** Shows every envelope on the topic. */
    void forEachKept(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.envelopes()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(action);
            }
        }
    }

    /** How often each id that an envelope's first line names is on the topic. */
    Map<String, Integer> keptIds() {
        Map<String, Integer> times = new HashMap<>();
        forEachKept(record -> {
            byte[] body = record.value();
            String id = Http.JSON
                    .readTree(body, 0, lineEnd(body, 0))
                    .path("event_id")
                    .asString();
            assertThat(id).isNotEmpty();
            times.merge(id, 1, Integer::sum);
        });
        return times;
    }

    static int lineEnd(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::close);
    }
}
