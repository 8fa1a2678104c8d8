package dev.resentry.query.sentry;

import dev.resentry.model.uptime.ExpectedStatus;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An uptime check that was sent, in the form of {@link SentryUptimeMonitor}, whose fields that are the server's it passes over. */
record SentryUptimeRequest(JsonFields body) {
    private static final String NONE = "requests of checks have none";
    private static final int MAX_NAME = 100;
    private static final int USUAL_TIMEOUT = 10;
    private static final int USUAL_FAILURES = 2;

    static SentryUptimeRequest of(JsonNode request) {
        JsonFields body = JsonFields.of(request, "");
        body.refuse("headers", NONE);
        body.refuse("body", NONE);
        body.refuse("assertion", "what an answer has to be like is said in our own API");
        body.refuse("owner", "checks have no owner here");
        body.refuse("traceSampling", "requests of checks are not traced");
        body.refuse("responseCaptureEnabled", "answers are not kept");
        body.whole("recoveryThreshold", 1, 1, 1);
        return new SentryUptimeRequest(body);
    }

    UptimeCheckSettings added() {
        return settings(null);
    }

    /** A check that is there, of which what is absent stays as it is. */
    UptimeCheckSettings changed(UptimeCheckSettings before) {
        return settings(before);
    }

    private UptimeCheckSettings settings(@Nullable UptimeCheckSettings before) {
        String method = body.word("method", before == null ? "GET" : before.method(), List.of("GET", "HEAD"));
        if (before != null && before.expectedText() != null && method.equals("HEAD")) {
            throw body.wrong("method", "GET, as the check looks for a text in the answer");
        }
        return new UptimeCheckSettings(
                before == null || body.has("name") ? body.requiredName(MAX_NAME) : before.name(),
                before == null || body.has("url") ? body.text("url", "an address to ask") : before.url(),
                method,
                before == null || body.has("intervalSeconds")
                        ? units("intervalSeconds", 60, 60)
                        : before.intervalMinutes(),
                body.has("timeoutMs")
                        ? units("timeoutMs", 1_000, 30)
                        : before == null ? USUAL_TIMEOUT : before.timeoutSeconds(),
                before == null ? ExpectedStatus.parse(ExpectedStatus.STANDARD) : before.expectedStatus(),
                before == null ? null : before.expectedText(),
                environment(before == null ? null : before.environment()),
                body.whole("downtimeThreshold", before == null ? USUAL_FAILURES : before.failures(), 1, 10),
                body.word(
                                "status",
                                before == null || before.enabled() ? "active" : "disabled",
                                List.of("active", "disabled"))
                        .equals("active"));
    }

    private @Nullable String environment(@Nullable String before) {
        if (!body.says("environment")) {
            return before;
        }
        String environment = body.environment();
        return environment == null || environment.isBlank() ? null : environment.strip();
    }

    /** A time in minutes or seconds that was sent in smaller units. */
    private int units(String field, int each, int most) {
        long sent = body.whole(field, each, (long) each * most);
        if (sent % each != 0) {
            throw body.wrong(field, "a multiple of %d, up to %d".formatted(each, each * most));
        }
        return (int) (sent / each);
    }
}
