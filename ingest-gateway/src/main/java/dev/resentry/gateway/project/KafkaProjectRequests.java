package dev.resentry.gateway.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.wire.ProjectCreationRequest;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks over topic {@code projects.wanted}, and has the answer when the project appears on topic {@code projects}. Whoever can
 * reach a gateway can ask, so that only so many are asked for in a minute and waited for at once.
 */
final class KafkaProjectRequests implements ProjectRequests, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaProjectRequests.class);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);
    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);
    private static final int MAX_EACH_MINUTE = 60;

    private final KafkaSettings settings;
    private final ProjectDirectory projects;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<String, CompletableFuture<Reply>> awaited = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private Instant minuteBegan = Instant.MIN;
    private int askedThisMinute;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** @param executor runs what waits for Kafka */
    KafkaProjectRequests(
            KafkaSettings settings, ProjectTopicFollower projects, Executor executor, InstantSource clock) {
        this.settings = settings;
        this.projects = projects;
        this.executor = executor;
        this.clock = clock;
        projects.onProject(this::appeared);
    }

    @Override
    public CompletableFuture<Reply> request(String slug) {
        if (!ProjectCreationRequest.canBeMade(slug)) {
            return CompletableFuture.completedFuture(new Reply.Rejected());
        }
        CompletableFuture<Reply> mine = new CompletableFuture<>();
        CompletableFuture<Reply> earlier = awaited.putIfAbsent(slug, mine);
        if (earlier != null) {
            return earlier.copy();
        }
        CompletableFuture<Reply> answered = mine.completeOnTimeout(
                        new Reply.Pending(), KNOWN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> awaited.remove(slug, mine));
        // It may have come between the look that missed it and now.
        projects.findBySlug(slug).ifPresent(this::appeared);
        if (!mine.isDone()) {
            if (mayAsk()) {
                executor.execute(() -> ask(slug, mine));
            } else {
                mine.complete(new Reply.Pending());
            }
        }
        return answered;
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (producer != null) {
                producer.close(Duration.ofSeconds(1));
            }
        }
    }

    private void appeared(ProjectConfig project) {
        CompletableFuture<Reply> mine = awaited.get(project.slug());
        if (mine != null) {
            mine.complete(new Reply.Created(project));
        }
    }

    private boolean mayAsk() {
        synchronized (lock) {
            Instant now = clock.instant();
            if (minuteBegan.equals(Instant.MIN) || !now.isBefore(minuteBegan.plus(ONE_MINUTE))) {
                minuteBegan = now;
                askedThisMinute = 0;
            }
            return ++askedThisMinute <= MAX_EACH_MINUTE;
        }
    }

    private void ask(String slug, CompletableFuture<Reply> reply) {
        var wanted = new ProjectCreationRequest(slug);
        try {
            var _ = producer()
                    .send(
                            new ProducerRecord<>(
                                    settings.topics().projectCreationRequests(), wanted.key(), wanted.value()),
                            (_, cause) -> {
                                if (cause != null) {
                                    cannotAsk(slug, cause, reply);
                                }
                            });
        } catch (KafkaException e) {
            cannotAsk(slug, e, reply);
        }
    }

    private static void cannotAsk(String slug, Exception cause, CompletableFuture<Reply> reply) {
        LOG.atWarn()
                .addKeyValue("slug", slug)
                .addKeyValue("error", CheckResult.Failed.of(cause).cause())
                .log("A project cannot be asked for");
        reply.complete(new Reply.Pending());
    }

    /** Made late: most gateways never ask. */
    private KafkaProducer<byte[], byte[]> producer() {
        synchronized (lock) {
            if (producer == null) {
                int within = (int) KNOWN_WITHIN.toMillis();
                Map<String, Object> properties = settings.clientProperties("resentry-gateway-wanted-projects");
                properties.put(ProducerConfig.ACKS_CONFIG, "all");
                properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
                properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1024L * 1024);
                properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, within / 2);
                properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, within);
                properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, within / 2);
                producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
            }
            return producer;
        }
    }
}
