package dev.resentry.service.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Liveness and readiness over all checks of a service, whatever serves them. */
public final class Health {
    private static final String OK = "ok";
    private static final String DEGRADED = "degraded";
    private static final String FAILED = "failed";

    private volatile List<HealthCheck> checks;
    private final List<HealthFallback> standIns;

    public Health(List<HealthCheck> checks, List<HealthFallback> standIns) {
        this.checks = List.copyOf(checks);
        this.standIns = List.copyOf(standIns);
    }

    /** Asks these checks from now on: those that are there once more of the process is. */
    public void askInstead(List<HealthCheck> others) {
        checks = List.copyOf(others);
    }

    /** What is answered as long as the process serves. */
    public Map<String, String> live() {
        return Map.of("status", OK);
    }

    /** Asks every check, and what stands in for those that fail; takes as long as the slowest of them takes to give up. */
    public Readiness ready() {
        Map<String, Check> results = new TreeMap<>();
        checks.forEach(check -> results.put(check.name(), resultOf(check)));
        boolean ready =
                results.values().stream().noneMatch(check -> check.status().equals(FAILED));
        return new Readiness(ready ? OK : "unavailable", results);
    }

    /** Whether a service can do its work, and which part keeps it from it. */
    public record Readiness(String status, Map<String, Check> checks) {

        /** The HTTP status that says the same. */
        public int httpStatus() {
            return status.equals(OK) ? 200 : 503;
        }
    }

    private Check resultOf(HealthCheck check) {
        return switch (check.check()) {
            case CheckResult.Ok _ -> new Check(OK, "");
            case CheckResult.Degraded(String cause) -> new Check(DEGRADED, cause);
            case CheckResult.Failed(String cause) -> new Check(isMadeUpFor(check) ? DEGRADED : FAILED, cause);
        };
    }

    private boolean isMadeUpFor(HealthCheck check) {
        return standIns.stream().anyMatch(standIn -> standIn.standsInFor().equals(check.name()) && standIn.isAble());
    }

    /** One part of a service: ok, failed, or degraded if the service works without it or another stands in for it; the cause is empty if it works. */
    public record Check(String status, String cause) {}
}
