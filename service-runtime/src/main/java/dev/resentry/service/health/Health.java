package dev.resentry.service.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Liveness and readiness over all checks of a service, whatever serves them. */
public final class Health {
    private static final String OK = "ok";

    private final List<HealthCheck> checks;

    public Health(List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /** What is answered as long as the process serves. */
    public Map<String, String> live() {
        return Map.of("status", OK);
    }

    /** Asks every check; takes as long as the slowest of them takes to give up. */
    public Readiness ready() {
        Map<String, Check> results = new TreeMap<>();
        checks.forEach(check -> results.put(check.name(), Check.of(check.check())));
        boolean ready =
                results.values().stream().allMatch(check -> check.status().equals(OK));
        return new Readiness(ready ? OK : "unavailable", results);
    }

    /** Whether a service can do its work, and which part keeps it from it. */
    public record Readiness(String status, Map<String, Check> checks) {

        /** The HTTP status that says the same. */
        public int httpStatus() {
            return status.equals(OK) ? 200 : 503;
        }
    }

    /** One part of a service; the cause is empty if it works. */
    public record Check(String status, String cause) {
        static Check of(CheckResult result) {
            return switch (result) {
                case CheckResult.Ok _ -> new Check(OK, "");
                case CheckResult.Failed(String cause) -> new Check("failed", cause);
            };
        }
    }
}
