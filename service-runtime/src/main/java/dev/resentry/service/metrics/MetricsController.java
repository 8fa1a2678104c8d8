package dev.resentry.service.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /metrics} over HTTP: everything in the registry of this process, in Prometheus' text format. */
@RestController
public class MetricsController {
    private final MetricsPage page;

    public MetricsController(PrometheusMeterRegistry registry) {
        this.page = new MetricsPage(registry::scrape, System::nanoTime);
    }

    @GetMapping({"/metrics", "/metrics/"})
    ResponseEntity<byte[]> metrics() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, MetricsPage.CONTENT_TYPE)
                .body(page.get());
    }
}
