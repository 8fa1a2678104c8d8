package dev.resentry.service.topic;

import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Makes the topics that are missing, in the background and for as long as Kafka takes to come, so that a service starts
 * whether or not Kafka is there. Any number of services may do so at once. As a health check it says whether Kafka
 * answers and the topics are there.
 */
public final class TopicProvisioner implements HealthCheck, AutoCloseable {
    private static final short REPLICAS_FOR_TWO_IN_SYNC = 3;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    /** A broker that starts beside its clients is there within seconds. */
    private static final Duration MADE_WITHIN = Duration.ofSeconds(10);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(1));
    private static final String SHORT_RETENTION_MS =
            Long.toString(Duration.ofHours(2).toMillis());
    /** Its readers follow it; what they missed for longer comes by a replay. */
    private static final String EVENTS_RETENTION_MS =
            Long.toString(Duration.ofDays(7).toMillis());

    private static final String USAGE_RETENTION_MS =
            Long.toString(Duration.ofHours(25).toMillis());
    private static final String USAGE_RETENTION_BYTES =
            Long.toString(DataSize.ofMegabytes(256).toBytes());
    private static final String USAGE_SEGMENT_BYTES =
            Long.toString(DataSize.ofMegabytes(32).toBytes());

    private final KafkaSettings settings;
    private final CountDownLatch provisioned = new CountDownLatch(1);
    private final RetryingWorker worker;
    private final Object adminLock = new Object();
    private volatile boolean closed;
    private @Nullable Admin admin;

    public TopicProvisioner(KafkaSettings settings) {
        this.settings = settings;
        this.worker = new RetryingWorker(
                "topic-provisioner", "The topics are not made yet", Duration.ZERO, BACKOFF, this::provision);
        worker.start();
    }

    /**
     * Waits until the topics are there.
     *
     * @return false if this was closed before they were
     */
    public boolean awaitProvisioned() throws InterruptedException {
        while (!closed) {
            if (provisioned.await(100, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public CheckResult check() {
        try {
            await(admin().describeTopics(names()).allTopicNames());
            return new CheckResult.Ok();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return e instanceof TimeoutException
                    ? new CheckResult.Failed("no answer from %s within %d s"
                            .formatted(settings.bootstrapServers(), ANSWER_WITHIN.toSeconds()))
                    : CheckResult.Failed.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CheckResult.Failed("interrupted");
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.stop(Duration.ZERO);
        synchronized (adminLock) {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private void provision() throws ExecutionException, InterruptedException, TimeoutException {
        createMissing();
        provisioned.countDown();
        worker.requestStop();
    }

    private void createMissing() throws ExecutionException, InterruptedException, TimeoutException {
        var options = new CreateTopicsOptions().timeoutMs((int) MADE_WITHIN.toMillis());
        for (KafkaFuture<Void> created : admin().createTopics(
                        topics().stream().map(this::keptByTwo).toList(), options)
                .values()
                .values()) {
            try {
                created.get(MADE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        await(admin().describeTopics(names()).allTopicNames());
    }

    private List<NewTopic> topics() {
        Map<String, String> shortLived = Map.of(TopicConfig.RETENTION_MS_CONFIG, SHORT_RETENTION_MS);
        String maxBytes = Long.toString(settings.maxRecordSize().toBytes());
        return List.of(
                topic(settings.topics().envelopes(), settings.envelopePartitions())
                        .configs(Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                maxBytes,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(settings.envelopeRetention().toMillis()))),
                topic(settings.topics().events(), settings.envelopePartitions())
                        .configs(Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                maxBytes,
                                TopicConfig.RETENTION_MS_CONFIG,
                                EVENTS_RETENTION_MS)),
                // One partition keeps the order of all changes; there are few.
                topic(settings.topics().projects(), 1)
                        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)),
                // Every gateway reads its end, which must outlast the longest window of a limit that people can set: a
                // day.
                topic(settings.topics().usage(), 1)
                        .configs(Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                USAGE_RETENTION_MS,
                                TopicConfig.RETENTION_BYTES_CONFIG,
                                USAGE_RETENTION_BYTES,
                                TopicConfig.SEGMENT_BYTES_CONFIG,
                                USAGE_SEGMENT_BYTES)),
                topic(settings.topics().projectCreationRequests(), 1).configs(shortLived),
                topic(settings.topics().outcomes(), settings.envelopePartitions())
                        .configs(Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(settings.envelopeRetention().toMillis()))));
    }

    private NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, settings.replicationFactor());
    }

    /**
     * With three replicas or more a record is acknowledged once two have it, so that the death of a broker costs nothing; brokers by
     * themselves are content with one.
     */
    private NewTopic keptByTwo(NewTopic topic) {
        if (settings.replicationFactor() < REPLICAS_FOR_TWO_IN_SYNC) {
            return topic;
        }
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        return topic.configs(configs);
    }

    private List<String> names() {
        var topics = settings.topics();
        return List.of(
                topics.envelopes(),
                topics.events(),
                topics.projects(),
                topics.usage(),
                topics.outcomes(),
                topics.projectCreationRequests());
    }

    /** Made late, as a client refuses to be made while its brokers' names do not resolve. */
    private Admin admin() {
        synchronized (adminLock) {
            if (admin == null) {
                Map<String, Object> properties = settings.clientProperties("resentry-admin");
                properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
                properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
                admin = Admin.create(properties);
            }
            return admin;
        }
    }

    private static <T> void await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
