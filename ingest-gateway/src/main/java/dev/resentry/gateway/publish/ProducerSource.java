package dev.resentry.gateway.publish;

import dev.resentry.service.health.CheckResult;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka client there is. A thread of its own makes it, has it learn the topic, and makes another when Kafka has refused it
 * for good: a client that was once fenced, or denied an id by wrong credentials, fails everything until its end, whatever is mended
 * meanwhile. The old one stays until the new one knows the topic.
 */
final class ProducerSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerSource.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);
    private static final Duration MAKE_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final String topic;
    private final Supplier<KafkaProducer<byte[], byte[]>> maker;
    private final BlockingQueue<Rejected> refusals = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile @Nullable KafkaProducer<byte[], byte[]> current;
    private volatile boolean closed;
    private long lastComplaint = System.nanoTime() - SAY_AGAIN_NANOS;

    private record Rejected(KafkaProducer<byte[], byte[]> client, Exception failure) {}

    private ProducerSource(String topic, Supplier<KafkaProducer<byte[], byte[]>> maker) {
        this.topic = topic;
        this.maker = maker;
        this.thread = Thread.ofVirtual().name("envelope-producer").unstarted(this::run);
    }

    /** Starts to look for the topic; it may take its time to come. */
    static ProducerSource open(String topic, Supplier<KafkaProducer<byte[], byte[]>> maker) {
        var source = new ProducerSource(topic, maker);
        source.thread.start();
        return source;
    }

    /** The client to send with, which knows the topic; null while there is none. */
    @Nullable
    KafkaProducer<byte[], byte[]> current() {
        return current;
    }

    /** Something that a client was to send has failed through no fault of its own. Never blocks. */
    void failed(KafkaProducer<byte[], byte[]> client, Exception failure) {
        // Whatever passes by itself is the client's to wait for.
        if (!(failure instanceof RetriableException)) {
            var _ = refusals.offer(new Rejected(client, failure));
        }
    }

    /** Leaves behind what is not acknowledged by now: whoever sent it has been answered otherwise. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        leave(current, CLOSE_WITHIN);
    }

    private void run() {
        try {
            while (!closed) {
                KafkaProducer<byte[], byte[]> old = current;
                current = connected();
                leave(old, CLOSE_WITHIN);
                awaitRefusal();
                Thread.sleep(MAKE_AGAIN_AFTER);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitRefusal() throws InterruptedException {
        Rejected refused = refusals.take();
        while (!refused.client().equals(current)) {
            refused = refusals.take();
        }
        complain(refused.failure());
    }

    /** A client refuses to be made while its brokers' names do not resolve; made, it has to be asked until it knows the topic. */
    private KafkaProducer<byte[], byte[]> connected() throws InterruptedException {
        KafkaProducer<byte[], byte[]> client = null;
        try {
            while (true) {
                Duration pause = ASK_AGAIN_AFTER;
                try {
                    client = client == null ? maker.get() : client;
                    if (!client.partitionsFor(topic).isEmpty()) {
                        KafkaProducer<byte[], byte[]> found = client;
                        client = null;
                        return found;
                    }
                } catch (RetriableException _) {
                    // Not yet.
                } catch (RuntimeException e) {
                    complain(e);
                    leave(client, Duration.ZERO);
                    client = null;
                    pause = MAKE_AGAIN_AFTER;
                }
                Thread.sleep(pause);
            }
        } finally {
            leave(client, Duration.ZERO);
        }
    }

    private static void leave(@Nullable KafkaProducer<byte[], byte[]> client, Duration within) {
        if (client == null) {
            return;
        }
        try {
            client.close(within);
        } catch (KafkaException e) {
            LOG.atDebug()
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("A Kafka client did not close cleanly");
        }
    }

    private void complain(Exception failure) {
        long now = System.nanoTime();
        if (!closed && now - lastComplaint >= SAY_AGAIN_NANOS) {
            lastComplaint = now;
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("error", CheckResult.Failed.of(failure).cause())
                    .log("Kafka refuses this gateway for more than the moment; it is tried with a new client");
        }
    }
}
