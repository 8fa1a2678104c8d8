package dev.resentry.gateway.outcome;

import dev.resentry.gateway.outcome.OutcomeTally.Entry;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.OutcomeRecord;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums up outcomes and puts the sums on topic {@code outcomes} once a second. A record that is not known to be kept is sent again
 * as it was, before newer sums are taken, so that a reader who counts each source and sequence once has the exact totals. While
 * Kafka is away, sums grow and their number does not: beyond a number of different outcomes, only the log says how much it was.
 * Killed, a gateway takes the sums of the last second along.
 */
final class KafkaOutcomeReporter implements OutcomeReporter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutcomeReporter.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration KEPT_WITHIN = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final int MAX_REASON = 200;

    /** Some megabytes, and as many again while Kafka is away. */
    private static final int MAX_ENTRIES = 20_000;

    private final KafkaSettings settings;
    private final InstantSource clock;
    private final UUID source;
    private final OutcomeTally tally = new OutcomeTally(MAX_ENTRIES);
    private final RetryingWorker worker;
    private final AtomicLong lost = new AtomicLong();
    private volatile List<OutcomeRecord> pending = List.of();
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private long overflowTold;
    private long sequence;

    /**
     * @param source names this run of the gateway, and no other
     */
    KafkaOutcomeReporter(KafkaSettings settings, InstantSource clock, UUID source) {
        this.settings = settings;
        this.clock = clock;
        this.source = source;
        this.worker = new RetryingWorker(
                "outcomes",
                "Outcomes are summed up until Kafka takes them",
                EVERY,
                Backoff.fixed(EVERY),
                new Publishing());
        worker.start();
    }

    @Override
    public void report(
            ProjectId project,
            @Nullable PublicKey key,
            DataCategory category,
            Outcome.Rejected outcome,
            long quantity) {
        if (quantity > 0) {
            tally.add(new Entry(project, key, category, shortened(outcome)), quantity);
        }
    }

    /** Bounds what people write as the reason code of a limit. */
    private static Outcome.Rejected shortened(Outcome.Rejected outcome) {
        return outcome instanceof Outcome.RateLimited(String code) && code.length() > MAX_REASON
                ? new Outcome.RateLimited(code.substring(0, MAX_REASON))
                : outcome;
    }

    /** How many sums wait to be kept; more than a few if Kafka does not take them. */
    int waiting() {
        return tally.size() + pending.size();
    }

    /** Which quantity is not accounted for, as there was no room for it or no time before the stop. */
    long lost() {
        return tally.overflow() + lost.get();
    }

    /** Puts the last sums on the topic, if Kafka takes them in time; called once no request is under way. */
    @Override
    public void close() {
        worker.stop(KEPT_WITHIN.plus(CLOSE_WITHIN));
    }

    private final class Publishing implements RetryingWorker.Task {
        @Override
        public void run() throws InterruptedException {
            publish(KEPT_WITHIN);
        }

        @Override
        public void finish() throws InterruptedException {
            try {
                publishLast();
            } finally {
                if (producer != null) {
                    producer.close(Duration.ofSeconds(1));
                }
            }
        }
    }

    private void publishLast() throws InterruptedException {
        try {
            publish(CLOSE_WITHIN);
            // What could not be sent before is; now what came since.
            publish(CLOSE_WITHIN);
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("error", CheckResult.Failed.of(e).cause()).log("The last outcomes are not kept");
        }
        List<OutcomeRecord> unkept = new ArrayList<>(pending);
        unkept.addAll(taken());
        if (!unkept.isEmpty()) {
            long quantity = unkept.stream().mapToLong(OutcomeRecord::quantity).sum();
            lost.addAndGet(quantity);
            LOG.atError()
                    .addKeyValue("quantity", quantity)
                    .log("Outcomes are lost: Kafka did not take them before the stop");
        }
    }

    /** @throws KafkaException if some of them are not known to be kept; they are sent again first */
    private void publish(Duration within) throws InterruptedException {
        if (pending.isEmpty()) {
            pending = taken();
        }
        if (pending.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + within.toNanos();
        Set<Long> kept = ConcurrentHashMap.newKeySet();
        var failure = new AtomicReference<@Nullable Exception>();
        var unanswered = new CountDownLatch(pending.size());
        int sent = 0;
        try {
            // Each sending may wait for a broker that is away; after one that did, the others would too.
            while (sent < pending.size() && failure.get() == null) {
                OutcomeRecord record = pending.get(sent);
                var _ = producer().send(toKafka(record), (_, cause) -> {
                    if (cause == null) {
                        kept.add(record.sequence());
                    } else {
                        failure.set(cause);
                    }
                    unanswered.countDown();
                });
                sent++;
            }
        } catch (KafkaException e) {
            failure.set(e);
        }
        for (int unsent = pending.size() - sent; unsent > 0; unsent--) {
            unanswered.countDown();
        }
        boolean wasClosing = worker.isStopping();
        boolean answered;
        do {
            answered = unanswered.await(100, TimeUnit.MILLISECONDS);
            // A stop has less time than this may take.
        } while (!answered && System.nanoTime() < deadline && worker.isStopping() == wasClosing);
        pending = pending.stream()
                .filter(record -> !kept.contains(record.sequence()))
                .toList();
        Exception cause = failure.get();
        if (cause != null && !(cause instanceof RetriableException)) {
            // Of some faults a producer with a sequence of its own never recovers; a new one may.
            discardProducer();
        }
        if (!pending.isEmpty()) {
            throw cause == null
                    ? new KafkaException("no answer in time")
                    : new KafkaException("not all outcomes are kept", cause);
        }
    }

    private void discardProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private ProducerRecord<byte[], byte[]> toKafka(OutcomeRecord record) {
        return new ProducerRecord<>(
                settings.topics().outcomes(), null, record.timestamp().toEpochMilli(), record.key(), record.value());
    }

    private List<OutcomeRecord> taken() {
        Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<OutcomeRecord> records = new ArrayList<>();
        tally.takeAll((entry, quantity) -> records.add(new OutcomeRecord(
                second,
                entry.project(),
                entry.key(),
                entry.category(),
                entry.outcome(),
                quantity,
                source,
                ++sequence)));
        long overflow = tally.overflow();
        if (overflow > overflowTold) {
            LOG.atError()
                    .addKeyValue("quantity", overflow - overflowTold)
                    .log("Too many different outcomes at once; some are not accounted for");
            overflowTold = overflow;
        }
        return records;
    }

    /** Made late, as a client refuses to be made while its brokers' names do not resolve. */
    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            int within = (int) KEPT_WITHIN.toMillis();
            Map<String, Object> properties = settings.clientProperties("resentry-gateway-outcomes");
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
            properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
            properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L * 1024 * 1024);
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) EVERY.toMillis());
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, within);
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, within / 2);
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}
