package dev.resentry.service.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Liveness and readiness over HTTP. {@code /health} and {@code /health/live} answer 200 as long as the process serves;
 * {@code /health/ready} answers 503 unless every part the service needs works, or another stands in for it, and says which does not
 * and why.
 */
@RestController
public class HealthController {
    private static final String OK = "ok";
    private static final String DEGRADED = "degraded";
    private static final String FAILED = "failed";

    private final List<HealthCheck> checks;
    private final List<StandIn> standIns;

    public HealthController(List<HealthCheck> checks, List<StandIn> standIns) {
        this.checks = List.copyOf(checks);
        this.standIns = List.copyOf(standIns);
    }

    @GetMapping(
            path = {"/health", "/health/", "/health/live", "/health/live/"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> live() {
        return Map.of("status", OK);
    }

    @GetMapping(
            path = {"/health/ready", "/health/ready/"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Readiness> ready() {
        Map<String, Check> results = new TreeMap<>();
        checks.forEach(check -> results.put(check.name(), resultOf(check)));
        boolean ready =
                results.values().stream().noneMatch(check -> check.status().equals(FAILED));
        return ResponseEntity.status(ready ? 200 : 503).body(new Readiness(ready ? OK : "unavailable", results));
    }

    private Check resultOf(HealthCheck check) {
        return switch (check.check()) {
            case CheckResult.Ok _ -> new Check(OK, "");
            case CheckResult.Failed(String cause) -> new Check(isMadeUpFor(check) ? DEGRADED : FAILED, cause);
        };
    }

    private boolean isMadeUpFor(HealthCheck check) {
        return standIns.stream().anyMatch(standIn -> standIn.standsInFor().equals(check.name()) && standIn.isAble());
    }

    record Readiness(String status, Map<String, Check> checks) {}

    record Check(String status, String cause) {}
}
