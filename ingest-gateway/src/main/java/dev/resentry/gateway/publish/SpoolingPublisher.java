package dev.resentry.gateway.publish;

import dev.resentry.gateway.GatewaySettings;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Kept.Place;
import dev.resentry.gateway.spool.Appended;
import dev.resentry.gateway.spool.EnvelopeSink;
import dev.resentry.gateway.spool.EnvelopeSink.Sent;
import dev.resentry.gateway.spool.EnvelopeSpool;
import dev.resentry.gateway.spool.SpoolDrain;
import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.gateway.spool.SpoolSlots;
import dev.resentry.gateway.spool.SpoolStatus;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.service.health.HealthFallback;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps envelopes on topic {@code envelopes}, or in the spool while Kafka does not take them.
 *
 * <p>An envelope is sent to Kafka. If that fails, or takes longer than the hold, it goes to the spool. If the spool does not take
 * it either, both are tried on, until {@code acknowledge-within} is over; only then is it refused. Whichever answers first counts;
 * an envelope may so be on the topic twice, with one id.
 *
 * <p>Once an envelope was spooled, those that follow go to the spool at once, so that they need not wait for a Kafka that is
 * away; until Kafka acknowledges something within the hold: usually what the drain sends it. If the drain sends nothing, as its
 * disk fails it, envelopes are tried with Kafka again.
 *
 * <p>No thread waits: an envelope is state that is looked at some times a second.
 */
final class SpoolingPublisher implements EnvelopePublisher, HealthFallback, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolingPublisher.class);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(100);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final EnvelopeSink topic;
    private final @Nullable EnvelopeSpool spool;
    private final @Nullable SpoolDrain drain;
    private final AutoCloseable topicResource;
    private final long holdNanos;
    private final long acknowledgeNanos;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean closing;
    private final AtomicBoolean kafkaTakes = new AtomicBoolean(true);
    /** When Kafka last acknowledged something within the hold. */
    private volatile long promptAt = System.nanoTime();
    /** When the drain last sent something. */
    private volatile long drainedAt = System.nanoTime();

    SpoolingPublisher(
            EnvelopeSink topic,
            AutoCloseable topicResource,
            @Nullable EnvelopeSpool spool,
            Duration hold,
            Duration acknowledgeWithin) {
        this.topic = topic;
        this.topicResource = topicResource;
        this.spool = spool;
        this.holdNanos = Math.min(hold.toNanos(), acknowledgeWithin.toNanos());
        this.acknowledgeNanos = acknowledgeWithin.toNanos();
        this.timer = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().name("publish-timer").daemon().unstarted(task));
        this.drain = spool == null ? null : SpoolDrain.start(spool, this::sendWaiting);
    }

    /**
     * Opens the way to Kafka, and the spool. A spool that is switched off is drained all the same if it holds anything.
     *
     * @throws IllegalStateException if the spool cannot be opened; the message names its directory
     */
    static SpoolingPublisher open(KafkaSettings kafka, GatewaySettings gateway, SpoolSettings settings) {
        EnvelopeSpool spool = settings.enabled() || SpoolSlots.holdsAny(settings)
                ? SpoolSlots.open(settings, Clock.systemUTC())
                : null;
        EnvelopeTopic topic = EnvelopeTopic.open(kafka, gateway);
        return new SpoolingPublisher(topic, topic, spool, settings.hold(), gateway.acknowledgeWithin());
    }

    @Override
    public CompletableFuture<Publication> publish(RawEnvelope envelope) {
        if (closing) {
            return CompletableFuture.completedFuture(new Publication.Unavailable("the gateway is stopping"));
        }
        var attempt = new Attempt(envelope);
        underWay.add(attempt);
        lookSoon();
        attempt.start();
        return attempt.publication;
    }

    /** What waits for Kafka on this gateway's disk. */
    SpoolStatus spoolStatus() {
        return spool == null ? SpoolStatus.OFF : spool.status();
    }

    @Override
    public String standsInFor() {
        return "kafka";
    }

    /** A gateway that spools is ready. */
    @Override
    public boolean isAble() {
        return spool != null && spool.isAccepting();
    }

    /**
     * Has what is under way kept, in the spool if need be; what is in the spool stays for the next start. Bounded by seconds, also if
     * both Kafka and the disk hang: what is not kept by then is refused.
     */
    @Override
    public void close() {
        closing = true;
        try {
            underWay.forEach(Attempt::toSpool);
            CompletableFuture.allOf(underWay.stream().map(a -> a.publication).toArray(CompletableFuture[]::new))
                    .get(Math.min(acknowledgeNanos, STOP_WITHIN.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().addKeyValue("error", e).log("Not every envelope was answered for before the stop");
        }
        timer.shutdownNow();
        underWay.forEach(attempt -> attempt.finish(new Publication.Unavailable("the gateway is stopping")));
        if (drain != null) {
            drain.close();
        }
        try {
            topicResource.close();
        } catch (Exception e) {
            LOG.atWarn().addKeyValue("error", e).log("The way to Kafka did not close cleanly");
        }
        if (spool != null) {
            spool.close();
        }
    }

    /** What the drain sends tells how Kafka is. */
    private CompletableFuture<Sent> sendWaiting(Map<String, byte[]> headers, byte[] body) {
        long start = System.nanoTime();
        drainedAt = start;
        return topic.send(headers, body).thenApply(sent -> {
            if (sent instanceof Sent.Acknowledged) {
                acknowledgedSince(start);
            }
            return sent;
        });
    }

    private void acknowledgedSince(long start) {
        long now = System.nanoTime();
        if (now - start > holdNanos) {
            return;
        }
        promptAt = now;
        if (kafkaTakes.compareAndSet(false, true)) {
            LOG.atInfo().log("Kafka takes envelopes again");
        }
    }

    /** Others wait for Kafka on, if it has acknowledged one of them in time since. */
    private void spooledAfter(long start) {
        if (promptAt - start <= 0 && kafkaTakes.compareAndSet(true, false)) {
            LOG.atWarn().log("Kafka does not take envelopes in time; they go to the spool");
        }
    }

    /**
     * One look at all of them is far cheaper than a timer for each, as nearly all are kept long before they are due. While none is
     * under way, none looks.
     */
    private void lookSoon() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            try {
                var _ = timer.schedule(this::lookAtAll, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException _) {
                // It is closing, which answers for all that are under way.
            }
        }
    }

    private void lookAtAll() {
        tickAll();
        // Whoever adds one from here on sees that nobody looks, or is seen.
        looking.set(false);
        if (!underWay.isEmpty()) {
            lookSoon();
        }
    }

    private void tickAll() {
        long now = System.nanoTime();
        for (Attempt attempt : underWay) {
            try {
                attempt.tick(now);
            } catch (RuntimeException e) {
                // The others must not be left without their time-outs.
                LOG.atError().setCause(e).log("An envelope under way could not be looked after");
            }
        }
    }

    /** One envelope on its way. Everything may be called by any thread; what is under way is not begun twice. */
    private final class Attempt {
        /** Null once it is answered for: whoever still waits for Kafka's answer must not hold the body. */
        private volatile @Nullable RawEnvelope envelope;

        private final long start = System.nanoTime();
        private final CompletableFuture<Publication> publication = new CompletableFuture<>();
        private final AtomicBoolean sending = new AtomicBoolean();
        private final AtomicBoolean appending = new AtomicBoolean();
        private volatile String cause = "no acknowledgement from Kafka in time";
        private volatile boolean triedTopic;
        private volatile boolean spoolRefused;
        private volatile long dueAt = start + Math.min(TRY_AGAIN_AFTER.toNanos(), holdNanos);

        Attempt(RawEnvelope envelope) {
            this.envelope = envelope;
        }

        void start() {
            if (kafkaTakes.get() || isDrainStandingStill()) {
                toTopic();
            } else {
                toSpool();
            }
        }

        /** Whatever it sends is answered within the bound, and while something waits it sends again. */
        private boolean isDrainStandingStill() {
            return start - drainedAt > 2 * acknowledgeNanos;
        }

        void tick(long now) {
            if (now - dueAt < 0 || publication.isDone()) {
                return;
            }
            long elapsed = now - start;
            if (elapsed >= acknowledgeNanos) {
                finish(new Publication.Unavailable(cause));
                return;
            }
            long bound = elapsed < holdNanos ? holdNanos : acknowledgeNanos;
            dueAt = now + Math.min(TRY_AGAIN_AFTER.toNanos(), bound - elapsed);
            if (elapsed >= holdNanos || !sending.get()) {
                toSpool();
            }
            // A disk that hangs must not keep an envelope from a Kafka that works.
            if (spoolRefused || elapsed >= holdNanos) {
                toTopic();
            }
        }

        private void toTopic() {
            RawEnvelope sent = envelope;
            if (sent == null || !sending.compareAndSet(false, true)) {
                return;
            }
            triedTopic = true;
            long sentAt = System.nanoTime();
            var _ = topic.send(EnvelopeRecord.headers(sent.receipt()), sent.body())
                    .thenAccept(response -> {
                        switch (response) {
                            case Sent.Acknowledged _ -> {
                                acknowledgedSince(sentAt);
                                finish(new Publication.Kept(Place.TOPIC));
                            }
                            case Sent.Unsendable(String why) -> finish(new Publication.Unavailable(why));
                            case Sent.Unavailable(String why) -> {
                                cause = why;
                                sending.set(false);
                                toSpool();
                            }
                        }
                    });
        }

        void toSpool() {
            RawEnvelope kept = envelope;
            if (kept == null || !appending.compareAndSet(false, true)) {
                return;
            }
            if (spool == null) {
                rejected(cause);
                return;
            }
            var _ = spool.append(kept).thenAccept(appended -> {
                switch (appended) {
                    case Appended.Kept _ -> {
                        if (triedTopic) {
                            spooledAfter(start);
                        }
                        finish(new Publication.Kept(Place.SPOOL));
                    }
                    case Appended.Full(String why) -> rejected(why);
                    case Appended.Failed(String why) -> rejected(why);
                }
            });
        }

        /** From now on Kafka is the hope; it is tried at once if it was not yet, and then with each tick. */
        private void rejected(String why) {
            cause = why;
            spoolRefused = true;
            appending.set(false);
            if (!triedTopic) {
                toTopic();
            }
        }

        private void finish(Publication outcome) {
            envelope = null;
            publication.complete(outcome);
            underWay.remove(this);
        }
    }
}
