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
 * {@code /health/ready} answers 503 unless every part the service needs works, and says which does not and why.
 */
@RestController
public class HealthController {
    private static final String OK = "ok";

    private final List<HealthCheck> checks;

    public HealthController(List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
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
        checks.forEach(check -> results.put(check.name(), Check.of(check.check())));
        boolean ready =
                results.values().stream().allMatch(check -> check.status().equals(OK));
        return ResponseEntity.status(ready ? 200 : 503).body(new Readiness(ready ? OK : "unavailable", results));
    }

    record Readiness(String status, Map<String, Check> checks) {}

    record Check(String status, String cause) {
        static Check of(CheckResult result) {
            return switch (result) {
                case CheckResult.Ok _ -> new Check(OK, "");
                case CheckResult.Failed(String cause) -> new Check("failed", cause);
            };
        }
    }
}
