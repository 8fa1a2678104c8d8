package dev.resentry.processor.clickhouse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** What an application sends: events, transactions with spans, logs and a session. */
final class SentData {
    private SentData() {}

    static List<String> all() {
        return List.of(
                event("Payment failed: 100% of them", "error", "shop@1.0", "Firefox", 12.5, "7"),
                event("payment failed again, 100%", "error", "shop@1.0", "Chrome", 7, "8"),
                event("Other", "error", "shop@1.1", "Firefox", 10, "9"),
                """
                {"event_id":"%s"}
                {"type":"event"}
                {"level":"fatal","message":"Out of memory","environment":"staging","user":{"id":"7"}}
                """.formatted(id()),
                transaction(0.1, "ok", 500),
                transaction(0.3, "internal_error", 1200),
                logs(),
                session());
    }

    static String event(String message, String level, String release, String browser, double cart, String user) {
        return """
            {"event_id":"%s"}
            {"type":"event"}
            {"level":"%s","message":"%s","release":"%s","environment":"production","transaction":"/pay",\
            "tags":{"browser":"%s","cart":"%s"},"user":{"id":"%s","email":"%s"}}
            """.formatted(
                id(), level, message, release, browser, cart, user, user.equals("8") ? "a@example.com" : "a@b.c");
    }

    private static String transaction(double seconds, String status, int lcp) {
        double end = Instant.now().toEpochMilli() / 1000.0;
        String trace = id();
        return """
            {"event_id":"%1$s"}
            {"type":"transaction"}
            {"type":"transaction","transaction":"/pay","start_timestamp":%2$.3f,"timestamp":%3$.3f,"environment":"production",\
            "release":"shop@1.0","contexts":{"trace":{"trace_id":"%4$s","span_id":"aaaaaaaaaaaaaaaa","op":"http.server","status":"%5$s"}},\
            "measurements":{"lcp":{"value":%6$d,"unit":"millisecond"}},\
            "spans":[{"trace_id":"%4$s","span_id":"bbbbbbbbbbbbbbbb","parent_span_id":"aaaaaaaaaaaaaaaa","op":"db",\
            "description":"SELECT 1","start_timestamp":%2$.3f,"timestamp":%7$.3f},\
            {"trace_id":"%4$s","span_id":"cccccccccccccccc","parent_span_id":"aaaaaaaaaaaaaaaa","op":"http",\
            "start_timestamp":%2$.3f,"timestamp":%7$.3f}]}
            """.formatted(id(), end - seconds, end, trace, status, lcp, end - seconds + 0.01);
    }

    private static String logs() {
        double at = Instant.now().toEpochMilli() / 1000.0;
        return """
            {}
            {"type":"log","item_count":3,"content_type":"application/vnd.sentry.items.log+json"}
            {"items":[%s,%s,%s]}
            """.formatted(
                        log(at, "warn", "Disk nearly full", "a"),
                        log(at, "info", "disk ok", "a"),
                        log(at, "info", "hello", "b"));
    }

    private static String log(double at, String level, String body, String host) {
        return """
            {"timestamp":%.3f,"level":"%s","body":"%s","trace_id":"%s",\
            "attributes":{"server.address":{"value":"%s","type":"string"},"size":{"value":5,"type":"integer"}}}\
            """.formatted(at, level, body, id(), host);
    }

    private static String session() {
        return """
            {}
            {"type":"sessions"}
            {"aggregates":[{"started":"%s","exited":8,"errored":2,"crashed":1}],\
            "attrs":{"release":"shop@1.0","environment":"production"}}
            """.formatted(Instant.now().truncatedTo(ChronoUnit.MINUTES));
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
