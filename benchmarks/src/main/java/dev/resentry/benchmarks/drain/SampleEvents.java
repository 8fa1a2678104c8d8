package dev.resentry.benchmarks.drain;

import java.time.Instant;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events like those of a web shop's back end. Frames follow from the group, so that a group is an issue; ids, people,
 * texts, numbers in tags and breadcrumbs are each event's own, so that nothing compresses or is cached better than it
 * would be.
 */
final class SampleEvents {
    private static final int MAX_FRAMES = 100;
    private static final int PEOPLE = 50_000;
    private static final String[] PACKAGES = {"orders", "payments", "catalog", "accounts", "shipping", "search"};
    private static final String[] VERBS = {"load", "reserve", "charge", "render", "validate", "resolve", "publish"};
    private static final String[] ERRORS = {"IllegalStateException", "TimeoutException", "SQLException", "IOException"};

    private final int bytes;

    /** @param bytes about which each event has */
    SampleEvents(int bytes) {
        this.bytes = bytes;
    }

    ObjectNode error(String eventId, int group, Instant at, RandomGenerator random) {
        ObjectNode event = context(eventId, at, random);
        event.put("level", random.nextInt(10) == 0 ? "fatal" : "error");
        ObjectNode thrown = event.putObject("exception").putArray("values").addObject();
        thrown.put("type", ERRORS[group % ERRORS.length]).put("module", "com.example.shop");
        thrown.put(
                "value",
                "order %d of %s could not be completed within %d ms"
                        .formatted(random.nextInt(1_000_000), word(random, 6), random.nextInt(30_000)));
        thrown.putObject("mechanism").put("type", "generic").put("handled", random.nextInt(4) != 0);
        ArrayNode frames = thrown.putObject("stacktrace").putArray("frames");
        frames.add(groupFrame(group));
        ArrayNode crumbs = event.putObject("breadcrumbs").putArray("values");
        int size = event.toString().length();
        for (int number = 0; size < bytes; number++) {
            ObjectNode added;
            if (number % 2 == 0 && frames.size() < MAX_FRAMES) {
                added = frames.insertObject(0);
                frame(added, number, bytes > 10_000);
            } else {
                added = crumbs.addObject();
                crumb(added, at, random);
            }
            size += added.toString().length() + 1;
        }
        return event;
    }

    ObjectNode transaction(String eventId, Instant at, RandomGenerator random) {
        ObjectNode event = context(eventId, at, random);
        double seconds = 0.005 + random.nextExponential() / 10;
        String traceId = hex(random, 32);
        String spanId = hex(random, 16);
        event.put("type", "transaction");
        event.put("start_timestamp", at.minusNanos((long) (seconds * 1e9)).toString());
        event.withObject("contexts")
                .putObject("trace")
                .put("trace_id", traceId)
                .put("span_id", spanId)
                .put("op", "http.server")
                .put("status", random.nextInt(20) == 0 ? "internal_error" : "ok");
        ArrayNode spans = event.putArray("spans");
        for (int size = event.toString().length(); size < bytes || spans.isEmpty(); ) {
            ObjectNode span = spans.addObject()
                    .put("trace_id", traceId)
                    .put("span_id", hex(random, 16))
                    .put("parent_span_id", spanId)
                    .put("op", random.nextBoolean() ? "db.query" : "http.client")
                    .put(
                            "description",
                            "SELECT sku, quantity FROM %s_items WHERE %s_id = ?"
                                    .formatted(pick(PACKAGES, random), pick(PACKAGES, random)))
                    .put("status", "ok")
                    .put("start_timestamp", event.path("start_timestamp").asString())
                    .put("timestamp", at.toString());
            size += span.toString().length() + 1;
        }
        return event;
    }

    private static ObjectNode context(String eventId, Instant at, RandomGenerator random) {
        int person = random.nextInt(PEOPLE);
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("event_id", eventId)
                .put("timestamp", at.toString())
                .put("platform", "java")
                .put("release", "shop@1.%d.0".formatted(random.nextInt(5)))
                .put("environment", random.nextInt(5) == 0 ? "staging" : "production")
                .put("server_name", "shop-%d".formatted(random.nextInt(12)))
                .put("transaction", "POST /api/%s/{id}".formatted(pick(PACKAGES, random)));
        event.putObject("user")
                .put("id", Integer.toString(person))
                .put("email", "person%d@example.com".formatted(person))
                .put("ip_address", "198.51.100.%d".formatted(person % 250));
        event.putObject("tags")
                .put("region", random.nextBoolean() ? "eu-central" : "eu-west")
                .put("tenant", "tenant-%d".formatted(random.nextInt(40)))
                .put("request_id", hex(random, 12));
        event.putObject("sdk").put("name", "sentry.java").put("version", "8.0.0");
        ObjectNode contexts = event.putObject("contexts");
        contexts.putObject("runtime").put("name", "OpenJDK").put("version", "25.0.1");
        contexts.putObject("os").put("name", "Linux").put("version", "6.12.8");
        return event;
    }

    private static ObjectNode groupFrame(int group) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("module", "com.example.shop.%s.Service".formatted(PACKAGES[group % PACKAGES.length]))
                .put("function", VERBS[group % VERBS.length] + letters(group))
                .put("filename", "Service.java")
                .put("lineno", 20 + group % 400)
                .put("in_app", true)
                .put("context_line", "        return client.send(request).orElseThrow(Failed::new);");
    }

    /** Frames above the one that decides the issue: the same in all events. */
    private static void frame(ObjectNode frame, int number, boolean withSource) {
        String name = PACKAGES[number % PACKAGES.length];
        frame.put("module", "com.example.framework.%s.Filter%s".formatted(name, letters(number)))
                .put("function", "doFilter")
                .put("filename", "Filter%s.java".formatted(letters(number)))
                .put("lineno", 40 + number)
                .put("in_app", false);
        if (withSource) {
            frame.put("context_line", "            chain.doFilter(%s, response);".formatted(name));
            ArrayNode before = frame.putArray("pre_context");
            ArrayNode after = frame.putArray("post_context");
            for (int line = 0; line < 5; line++) {
                before.add("        var %s%d = attributes.find(\"%s.%d\");".formatted(name, line, name, number));
                after.add("        metrics.count(%s%d, Outcome.of(response.status()));".formatted(name, line));
            }
        }
    }

    private static void crumb(ObjectNode crumb, Instant at, RandomGenerator random) {
        crumb.put("timestamp", at.minusMillis(random.nextInt(60_000)).toString())
                .put("category", random.nextBoolean() ? "query" : "http")
                .put("level", "info")
                .put(
                        "message",
                        "GET https://%s.internal.example/v2/%s/%d took %d ms"
                                .formatted(
                                        pick(PACKAGES, random),
                                        word(random, 8),
                                        random.nextInt(1_000_000),
                                        random.nextInt(2_000)));
    }

    static String hex(RandomGenerator random, int digits) {
        var text = new StringBuilder();
        while (text.length() < digits) {
            text.append("%08x".formatted(random.nextInt()));
        }
        return text.substring(0, digits);
    }

    static String pick(String[] words, RandomGenerator random) {
        return words[random.nextInt(words.length)];
    }

    private static String word(RandomGenerator random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** A number without digits, which grouping would take for something that changes. */
    static String letters(int number) {
        var text = new StringBuilder();
        for (int rest = number; text.isEmpty() || rest > 0; rest /= 26) {
            text.append((char) (text.isEmpty() ? 'A' + rest % 26 : 'a' + rest % 26));
        }
        return text.toString();
    }
}
