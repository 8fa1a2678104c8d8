package dev.resentry.processor.alert;

import static java.util.stream.Collectors.groupingBy;

import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.alert.StoredAlertRules;
import dev.resentry.storage.alert.StoredAlertRules.Rule;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that are on, in memory. A change is seen within seconds; while the database is away, what is known stays. */
final class AlertRules extends BackgroundWork {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final StoredAlertRules store;
    private final WorkSignals signals;
    private volatile Known known = new Known("", Map.of());

    private record Known(String version, Map<Long, List<Rule>> byProject) {}

    AlertRules(StoredAlertRules store, WorkSignals signals) {
        super(STOP_WITHIN);
        this.store = store;
        this.signals = signals;
        signals.on(Work.ALERT_RULES, this::wake);
        refresh();
    }

    /** Another text once rules have changed. */
    String version() {
        return known.version();
    }

    List<Rule> of(long projectId) {
        return known.byProject().getOrDefault(projectId, List.of());
    }

    Map<Long, List<Rule>> all() {
        return known.byProject();
    }

    Optional<Rule> find(long projectId, long ruleId) {
        return of(projectId).stream().filter(rule -> rule.id() == ruleId).findFirst();
    }

    /** Asks for the version first, so that a change in between is read again. */
    void refresh() {
        String version = store.version();
        if (!version.equals(known.version())) {
            known = new Known(version, Map.copyOf(store.enabled().stream().collect(groupingBy(Rule::projectId))));
        }
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "alert-rules",
                "Changed alert rules wait",
                () -> signals.rest(EVERY),
                Backoff.fixed(EVERY),
                this::refresh);
    }
}
