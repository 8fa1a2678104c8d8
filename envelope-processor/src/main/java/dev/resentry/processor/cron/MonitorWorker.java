package dev.resentry.processor.cron;

import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.monitor.MonitorIncidents;
import dev.resentry.storage.monitor.MonitorSweep;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps monitors, and has incidents told and ended; in every processor. */
final class MonitorWorker extends BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorWorker.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

    private final MonitorSweep sweep;
    private final MonitorIncidents incidents;
    private final OwnEnvelopes envelopes;
    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final TopicOffsets offsets;
    private final InstantSource clock;
    private final WorkSignals signals;

    MonitorWorker(
            MonitorSweep sweep,
            MonitorIncidents incidents,
            OwnEnvelopes envelopes,
            KafkaSettings kafka,
            TopicProvisioner topics,
            TopicOffsets offsets,
            InstantSource clock,
            WorkSignals signals) {
        super(STOP_WITHIN);
        this.signals = signals;
        signals.on(Work.MONITORS, this::wake);
        this.sweep = sweep;
        this.incidents = incidents;
        this.envelopes = envelopes;
        this.kafka = kafka;
        this.topics = topics;
        this.offsets = offsets;
        this.clock = clock;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker("monitors", "Monitors of crons wait", this::rest, BACKOFF, new Sweeping());
    }

    private Duration rest() {
        return sweep.isAnyMonitor() ? POLL : signals.rest(POLL);
    }

    private final class Sweeping implements RetryingWorker.Task {
        private final String owner = UUID.randomUUID().toString();
        private final ProcessedUntil processed = new ProcessedUntil();

        @Override
        public void run() throws InterruptedException {
            if (!topics.awaitProvisioned()) {
                return;
            }
            Instant now = now();
            Instant until = processed.note(now, offsets.ask(kafka.topics().envelopes(), kafka.processorGroup()));
            if (!until.equals(Instant.MIN)) {
                MonitorSweep.Found found = sweep.sweep(owner, until);
                if (!found.equals(MonitorSweep.Found.NOTHING)) {
                    LOG.atInfo()
                            .addKeyValue("missed", found.missed())
                            .addKeyValue("timedOut", found.timedOut())
                            .log("Jobs did not check in as they should");
                }
            }
            incidents.tell(owner, incident -> envelopes.publish(IncidentEnvelope.of(incident, now())));
            incidents.resolve(now());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
