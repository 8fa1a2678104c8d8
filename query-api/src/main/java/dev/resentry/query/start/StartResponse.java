package dev.resentry.query.start;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.service.health.Health;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What runs, and how to send to it.
 *
 * @param status {@code ok}, or {@code unavailable} if a part that is needed does not work
 * @param checks the parts by name
 * @param dsn the form of a DSN, with words in place of key and project
 * @param send a command that sends an event, in the same form
 * @param documentation paths of this host
 */
record StartResponse(
        String name,
        String version,
        String status,
        Map<String, Health.Check> checks,
        String dsn,
        @JsonProperty("send_example") String send,
        List<String> documentation) {

    static StartResponse of(String version, Health.Readiness readiness, URI publicUrl) {
        String base = publicUrl.toString().replaceFirst("/+$", "");
        return new StartResponse(
                "Resentry",
                version,
                readiness.status(),
                readiness.checks(),
                base.replaceFirst("://", "://<public key>@") + "/<project id>",
                "curl '" + base
                        + "/api/<project id>/store/?sentry_key=<public key>' -H 'Content-Type: application/json'"
                        + " --data '{\"message\":\"Hello from curl\",\"level\":\"info\"}'",
                List.of("/docs", "/redoc", "/openapi.json"));
    }
}
