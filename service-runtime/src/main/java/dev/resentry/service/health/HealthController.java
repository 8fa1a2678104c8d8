package dev.resentry.service.health;

import java.util.Map;
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
    private final Health health;

    public HealthController(Health health) {
        this.health = health;
    }

    @GetMapping(
            path = {"/health", "/health/", "/health/live", "/health/live/"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> live() {
        return health.live();
    }

    @GetMapping(
            path = {"/health/ready", "/health/ready/"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Health.Readiness> ready() {
        Health.Readiness readiness = health.ready();
        return ResponseEntity.status(readiness.httpStatus()).body(readiness);
    }
}
