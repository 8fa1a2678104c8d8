package dev.resentry.processor.uptime;

import dev.resentry.service.http.TargetRules;
import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import dev.resentry.storage.uptime.ClaimedCheck;
import dev.resentry.storage.uptime.UptimeOutages;
import dev.resentry.storage.uptime.UptimeResult;
import dev.resentry.storage.uptime.UptimeSchedule;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the checks that are due, several at once and none of them in a transaction, and has outages told and ended; in every processor. */
final class UptimeWorker extends BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(UptimeWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** A check that is due is a little late rather than looked for twice. */
    private static final Duration LATE = Duration.ofMillis(20);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    /** What has to end before the worker is stopped by force; another process makes the check when its lease ends. */
    private static final Duration DONE_WITHIN = Duration.ofSeconds(2);

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final int AT_ONCE = 20;

    private final UptimeSchedule schedule;
    private final UptimeOutages outages;
    private final OwnEnvelopes envelopes;
    private final TargetRules rules;
    private final String location;
    private final InstantSource clock;
    private final WorkSignals signals;

    /**
     * @param location how this process is named in results
     */
    UptimeWorker(
            UptimeSchedule schedule,
            UptimeOutages outages,
            OwnEnvelopes envelopes,
            TargetRules rules,
            String location,
            InstantSource clock,
            WorkSignals signals) {
        super(STOP_WITHIN);
        this.signals = signals;
        signals.on(Work.UPTIME_CHECKS, this::wake);
        this.schedule = schedule;
        this.outages = outages;
        this.envelopes = envelopes;
        this.rules = rules;
        this.location = location;
        this.clock = clock;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker("uptime", "Uptime checks wait", this::rest, BACKOFF, new Checking());
    }

    /** Until the next check is due; an outage that is not over is looked at often. */
    private Duration rest() {
        if (outages.isAnyOpen()) {
            return POLL;
        }
        Duration atMost = signals.rest(POLL);
        return schedule.nextDue()
                .map(next -> Duration.between(clock.instant(), next).plus(LATE))
                .map(due -> due.compareTo(LATE) < 0 ? POLL : due)
                .filter(due -> due.compareTo(atMost) < 0)
                .orElse(atMost);
    }

    private final class Checking implements RetryingWorker.Task {
        private final String owner = UUID.randomUUID().toString();
        private final UptimeProbe probe = new UptimeProbe(rules, location, clock);
        private final ExecutorService probes = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("uptime-", 0).factory());
        private final Semaphore places = new Semaphore(AT_ONCE);

        @Override
        public void run() throws InterruptedException {
            List<ClaimedCheck> claimed;
            do {
                int free = places.availablePermits();
                claimed = free == 0 ? List.of() : schedule.claim(free, clock.instant());
                for (ClaimedCheck check : claimed) {
                    places.acquire();
                    probes.execute(() -> checkOne(check));
                }
            } while (isRunning() && !claimed.isEmpty());
            outages.tell(
                    owner,
                    outage -> envelopes.publish(
                            OutageEnvelope.of(outage, clock.instant().truncatedTo(ChronoUnit.MICROS))));
            outages.resolve(clock.instant().truncatedTo(ChronoUnit.MICROS));
        }

        private void checkOne(ClaimedCheck check) {
            try {
                UptimeResult result = probe.probe(check.settings());
                if (!schedule.finish(check, result, clock.instant())) {
                    LOG.atInfo()
                            .addKeyValue("check", check.id())
                            .log("A check was changed while it was made, and does not count");
                }
            } catch (RuntimeException e) {
                // The database is away: the lease ends, and it is made again.
                LOG.atWarn()
                        .addKeyValue("check", check.id())
                        .addKeyValue("error", e.getMessage())
                        .log("What came of a check could not be noted; it is made again");
            } finally {
                places.release();
                wake();
            }
        }

        @Override
        public void finish() throws InterruptedException, IOException {
            probes.shutdown();
            if (!probes.awaitTermination(DONE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                probes.shutdownNow();
            }
            probe.close();
        }
    }
}
