package dev.resentry.standalone;

import dev.resentry.model.wire.Topics;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Looks at a Kafka: its brokers and their disks, the topics and how safe they are, and how far the processors are behind. */
final class KafkaDoctor {
    private static final String WHAT = "Kafka";
    private static final long ANSWER_WITHIN_SECONDS = 10;
    private static final long MIN_FREE_BYTES = 1_000_000_000L;
    private static final int SAFE_REPLICAS = 3;

    private final Findings findings;

    KafkaDoctor(Findings findings) {
        this.findings = findings;
    }

    void look(KafkaSettings settings) {
        Map<String, Object> properties = settings.clientProperties("resentry-doctor");
        properties.put("request.timeout.ms", 5_000);
        properties.put("default.api.timeout.ms", 8_000);
        try (Admin admin = Admin.create(properties)) {
            Collection<Node> brokers = await(admin.describeCluster().nodes());
            FinalizedVersionRange version = await(admin.describeFeatures().featureMetadata())
                    .finalizedFeatures()
                    .get("metadata.version");
            findings.good(
                    WHAT,
                    "%s answers, %d broker(s), metadata.version %s"
                            .formatted(
                                    settings.bootstrapServers(),
                                    brokers.size(),
                                    version == null ? "unknown" : version.maxVersionLevel()));
            disks(admin, brokers);
            topics(admin, settings, brokers.size());
            if (await(admin.listTopics().names()).contains(settings.topics().envelopes())) {
                lag(admin, settings);
            }
        } catch (KafkaException | ExecutionException | TimeoutException | BrokerUnavailableException e) {
            findings.bad(
                    WHAT,
                    "%s does not answer (%s); check KAFKA_BOOTSTRAP_SERVERS"
                            .formatted(
                                    settings.bootstrapServers(),
                                    CheckResult.Failed.of(e).cause()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            findings.bad(WHAT, "interrupted");
        }
    }

    private void disks(Admin admin, Collection<Node> brokers)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<Integer> ids = brokers.stream().map(Node::id).sorted().toList();
        Map<Integer, Map<String, LogDirDescription>> all =
                new TreeMap<>(await(admin.describeLogDirs(ids).allDescriptions()));
        all.forEach((broker, directories) -> directories.forEach((path, directory) -> {
            if (directory.error() != null) {
                findings.bad(
                        WHAT,
                        "broker %d: %s: %s"
                                .formatted(broker, path, directory.error().getMessage()));
            } else if (directory.usableBytes().isPresent()) {
                long free = directory.usableBytes().getAsLong();
                String said = "broker %d has %d MB free in %s".formatted(broker, free / 1_000_000, path);
                if (free < MIN_FREE_BYTES) {
                    findings.bad(WHAT, said + "; make room, or set KAFKA_ENVELOPE_MAX_SIZE");
                } else {
                    findings.good(WHAT, said);
                }
            }
        }));
    }

    private void topics(Admin admin, KafkaSettings settings, int brokers)
            throws ExecutionException, InterruptedException, TimeoutException {
        Topics topics = settings.topics();
        List<String> wanted = List.of(
                topics.envelopes(),
                topics.events(),
                topics.projects(),
                topics.usage(),
                topics.outcomes(),
                topics.projectCreationRequests());
        Set<String> there = await(admin.listTopics().names());
        List<String> found = wanted.stream().filter(there::contains).toList();
        if (found.size() < wanted.size()) {
            findings.doubtful(
                    "Topics",
                    "%s are not there yet; the services make them"
                            .formatted(wanted.stream()
                                    .filter(name -> !there.contains(name))
                                    .toList()));
        }
        Map<String, TopicDescription> described =
                await(admin.describeTopics(found).allTopicNames());
        Map<ConfigResource, Config> configs = await(admin.describeConfigs(found.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        for (String name : found) {
            TopicDescription topic = described.get(name);
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            if (topic != null && config != null) {
                topic(topic, config, settings, brokers);
            }
        }
    }

    private void topic(TopicDescription topic, Config config, KafkaSettings settings, int brokers) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        long leaderless = topic.partitions().stream()
                .filter(partition -> partition.leader() == null)
                .count();
        long lacking = topic.partitions().stream()
                .filter(partition ->
                        partition.isr().size() < partition.replicas().size())
                .count();
        long minInSync = number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        String said = "%s: %d partition(s), %d replica(s), min.insync %d, kept %s"
                .formatted(topic.name(), topic.partitions().size(), replicas, minInSync, retention(config));
        if (leaderless > 0) {
            findings.bad(
                    "Topics", "%s; %d partition(s) have no leader: start their brokers".formatted(said, leaderless));
        } else if (lacking > 0) {
            findings.bad("Topics", "%s; %d partition(s) lack replicas: a broker is away".formatted(said, lacking));
        } else if (minInSync > replicas) {
            findings.bad("Topics", said + "; nothing can be written: min.insync.replicas is above the replicas");
        } else if (minInSync == replicas && replicas > 1) {
            findings.doubtful("Topics", said + "; no broker may be away: min.insync.replicas should be one less");
        } else if (brokers >= SAFE_REPLICAS && replicas < SAFE_REPLICAS) {
            findings.doubtful("Topics", said + "; three replicas outlive a broker (KAFKA_REPLICATION_FACTOR)");
        } else if (replicas >= SAFE_REPLICAS && minInSync < 2) {
            findings.doubtful(
                    "Topics", said + "; what is acknowledged may be on one broker: set min.insync.replicas=2");
        } else {
            findings.good("Topics", said);
        }
        contents(topic.name(), config, settings);
    }

    /** What else the topics have to be. */
    private void contents(String name, Config config, KafkaSettings settings) {
        long largest = number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (name.equals(settings.topics().envelopes())
                && largest < settings.maxRecordSize().toBytes()) {
            findings.bad(
                    "Topics",
                    "%s takes records of %d bytes (expected: %d, KAFKA_MAX_RECORD_SIZE); set its max.message.bytes"
                            .formatted(name, largest, settings.maxRecordSize().toBytes()));
        }
        if (name.equals(settings.topics().projects())
                && !text(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            findings.bad("Topics", name + " would forget projects: set its cleanup.policy=compact");
        }
    }

    private void lag(Admin admin, KafkaSettings settings)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicOffsets.Answer answer;
        try (var offsets = new TopicOffsets(settings, "resentry-doctor-offsets")) {
            answer = offsets.ask(settings.topics().envelopes(), settings.processorGroup());
        }
        long waiting = 0;
        for (Map.Entry<Integer, Long> end : answer.ends().entrySet()) {
            long begin = answer.begins().getOrDefault(end.getKey(), 0L);
            long done = answer.committed().getOrDefault(end.getKey(), begin);
            waiting += Math.max(0, end.getValue() - Math.max(begin, done));
            if (done < begin) {
                findings.bad(
                        "Lag",
                        "%d envelopes of partition %d went by retention before they were processed"
                                .formatted(begin - done, end.getKey()));
            }
        }
        int members = members(admin, settings.processorGroup());
        String said =
                "%d envelopes wait, %d consumer(s) in group %s".formatted(waiting, members, settings.processorGroup());
        if (members == 0 && waiting > 0) {
            findings.bad("Lag", said + "; start an envelope-processor");
        } else {
            findings.good("Lag", said);
        }
    }

    private static int members(Admin admin, String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        boolean known = await(admin.listGroups().all()).stream()
                .anyMatch(listing -> listing.groupId().equals(group));
        return known
                ? await(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                        .mapToInt(described -> described.members().size())
                        .sum()
                : 0;
    }

    private static String retention(Config config) {
        if (text(config, TopicConfig.CLEANUP_POLICY_CONFIG).equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            return "the newest of each key";
        }
        long millis = number(config, TopicConfig.RETENTION_MS_CONFIG);
        long bytes = number(config, TopicConfig.RETENTION_BYTES_CONFIG);
        String time = millis < 0
                ? "for ever"
                : "%d h".formatted(Duration.ofMillis(millis).toHours());
        return bytes < 0 ? time : "%s or %d MB a partition".formatted(time, bytes / 1_000_000);
    }

    private static long number(Config config, String name) {
        String value = text(config, name);
        return value.isEmpty() ? -1 : Long.parseLong(value);
    }

    private static String text(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
    }
}
