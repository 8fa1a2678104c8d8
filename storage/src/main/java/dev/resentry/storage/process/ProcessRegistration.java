package dev.resentry.storage.process;

import dev.resentry.service.health.Health;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.stream.Collectors;

/** Registers this process every ten seconds while it runs, with its health, and takes it off when it stops. */
public final class ProcessRegistration extends BackgroundWork {
    /** Whoever was not seen for longer is silent: it missed two turns. */
    public static final Duration SILENT_AFTER = Duration.ofSeconds(30);

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final InstantSource CLOCK = InstantSource.system();

    private final UUID id = UUID.randomUUID();
    private final String kind;
    private final ProcessDescription self;
    private final Health health;
    private final ProcessRegistry registry;

    /** @param kind processor or api */
    public ProcessRegistration(String kind, ProcessDescription self, Health health, ProcessRegistry registry) {
        super(STOP_WITHIN);
        this.kind = kind;
        this.self = self;
        this.health = health;
        this.registry = registry;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "registration-" + kind,
                "The pipeline page does not know this process",
                EVERY,
                Backoff.fixed(EVERY),
                new Registering());
    }

    private final class Registering implements RetryingWorker.Task {
        @Override
        public void run() {
            Health.Readiness readiness = health.ready();
            String cause = readiness.checks().entrySet().stream()
                    .filter(check -> !check.getValue().status().equals("ok"))
                    .map(check -> check.getKey() + ": " + check.getValue().cause())
                    .collect(Collectors.joining("; "));
            boolean well = readiness.status().equals("ok");
            String state = well && !cause.isEmpty() ? "degraded" : readiness.status();
            registry.note(new RegisteredProcess(
                    id,
                    kind,
                    self.host(),
                    self.version(),
                    self.startedAt(),
                    CLOCK.instant(),
                    state,
                    cause.isEmpty() ? null : cause));
            registry.forgetOld(CLOCK.instant());
        }

        @Override
        public void finish() {
            registry.remove(id);
        }
    }
}
