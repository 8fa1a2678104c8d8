package dev.resentry.processor.notification;

import dev.resentry.model.alert.TargetType;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryQueue;
import dev.resentry.storage.delivery.DeliveryResult;
import dev.resentry.storage.delivery.DeliveryResult.Attempt;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Sends what waits, several at once and none of them in a transaction, in every processor. What was sent and could not be noted, as
 * the process was killed in between, is sent again: each delivery at least once, and twice only
 * then, or if its answer did not come in time.
 */
final class DeliveryWorker extends BackgroundWork {
    /** Above what any channel takes, also a mail server each of whose answers comes at the last moment. */
    static final Duration LEASE = Duration.ofMinutes(3);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(20);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    /** What has to end before the worker is stopped by force. */
    private static final Duration SENT_WITHIN = Duration.ofMillis(2_500);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /** Each of another target, as a target gets one at a time. */
    private static final int AT_ONCE = 32;

    private final DeliveryQueue queue;
    private final Map<TargetType, Channel> channels;
    private final String owner;
    private final Duration lease;
    private final MeterRegistry meters;
    private final WorkSignals signals;

    DeliveryWorker(
            DeliveryQueue queue,
            Map<TargetType, Channel> channels,
            String owner,
            Duration lease,
            MeterRegistry meters,
            WorkSignals signals) {
        super(STOP_WITHIN);
        this.signals = signals;
        signals.on(Work.DELIVERIES, this::wake);
        this.queue = queue;
        this.channels = Map.copyOf(channels);
        this.owner = owner;
        this.lease = lease;
        this.meters = meters;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker("deliveries", "Notifications wait", this::rest, BACKOFF, new Sending());
    }

    /** What waits for its time, or for its target, is looked at often. */
    private Duration rest() {
        return queue.isAnyWaiting() ? POLL : signals.rest(POLL);
    }

    private final class Sending implements RetryingWorker.Task {
        private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("delivery-", 0).factory());
        private final Semaphore places = new Semaphore(AT_ONCE);
        private long swept = System.nanoTime();

        @Override
        public void run() throws InterruptedException {
            if (System.nanoTime() - swept > SWEEP_EVERY.toNanos()) {
                queue.giveUpExpired();
                swept = System.nanoTime();
            }
            List<ClaimedDelivery> claimed;
            do {
                int free = places.availablePermits();
                claimed = free == 0 ? List.of() : queue.claim(owner, free, lease);
                for (ClaimedDelivery delivery : claimed) {
                    places.acquire();
                    senders.execute(() -> sendOne(delivery));
                }
            } while (isRunning() && !claimed.isEmpty());
        }

        private void sendOne(ClaimedDelivery delivery) {
            try {
                DeliveryResult result = send(delivery);
                if (!queue.finish(delivery, result)) {
                    LOG.atWarn().addKeyValue("delivery", delivery.id()).log("Took so long that another sends it too");
                }
                count(delivery, result);
            } catch (RuntimeException e) {
                // The database is away: the lease ends, and it is sent again.
                LOG.atWarn()
                        .addKeyValue("delivery", delivery.id())
                        .addKeyValue("error", e.getMessage())
                        .log("What came of a delivery could not be noted; it is sent again");
            } finally {
                places.release();
                wake();
            }
        }

        @Override
        public void finish() throws InterruptedException {
            senders.shutdown();
            if (!senders.awaitTermination(SENT_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                senders.shutdownNow();
            }
        }
    }

    private DeliveryResult send(ClaimedDelivery delivery) {
        try {
            Channel channel = channels.get(delivery.type());
            if (channel == null) {
                return refused(
                        "nothing sends to targets of type " + delivery.type().wireName());
            }
            return channel.send(delivery, new DeliveryContent(UntrustedJson.STORED.tree(delivery.contentJson())));
        } catch (JacksonException e) {
            return refused("content: " + e.getOriginalMessage());
        } catch (RuntimeException e) {
            // A mistake of ours with this one must not become an attempt without end.
            LOG.atError()
                    .addKeyValue("delivery", delivery.id())
                    .addKeyValue("projectId", delivery.projectId())
                    .setCause(e)
                    .log("A delivery could not be written");
            return new DeliveryResult.Failed(new Attempt(null, "", "internal error: " + e, ""));
        }
    }

    private static DeliveryResult refused(String error) {
        return new DeliveryResult.Refused(new Attempt(null, "", error, ""));
    }

    private void count(ClaimedDelivery delivery, DeliveryResult result) {
        String word = result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        Counter.builder("resentry.deliveries")
                .description("Attempts to send notifications, by what came of them")
                .tag("type", delivery.type().wireName())
                .tag("result", word)
                .register(meters)
                .increment();
    }
}
