package dev.resentry.query.sentry;

import static dev.resentry.query.sentry.SentryFrames.text;

import dev.resentry.model.event.Event;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parts of an event that clients show one below the other, each with its type. */
final class SentryEntries {
    private SentryEntries() {}

    record Entry(String type, Object data) {}

    static List<Entry> of(JsonNode event) {
        List<Entry> entries = new ArrayList<>();
        String message = new Event(event).logEntry().formatted();
        if (!message.isEmpty()) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("formatted", message);
            data.put("message", text(event.path("logentry"), "message"));
            data.put("params", event.path("logentry").get("params"));
            entries.add(new Entry("message", data));
        }
        if (!event.path("exception").path("values").isEmpty()) {
            entries.add(new Entry("exception", exceptions(event.path("exception"))));
        }
        Map<String, @Nullable Object> stacktrace = SentryFrames.stacktrace(event.path("stacktrace"));
        if (stacktrace != null) {
            entries.add(new Entry("stacktrace", stacktrace));
        }
        if (!event.path("threads").path("values").isEmpty()) {
            entries.add(new Entry("threads", threads(event.path("threads"))));
        }
        if (!event.path("breadcrumbs").path("values").isEmpty()) {
            entries.add(new Entry("breadcrumbs", breadcrumbs(event.path("breadcrumbs"))));
        }
        if (event.path("request").isObject()) {
            entries.add(new Entry("request", request(event.path("request"))));
        }
        return entries;
    }

    private static Map<String, @Nullable Object> exceptions(JsonNode exception) {
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        boolean ofSystem = false;
        for (JsonNode value : exception.path("values")) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("type", text(value, "type"));
            one.put("value", text(value, "value"));
            one.put("module", text(value, "module"));
            one.put("mechanism", mechanism(value.path("mechanism")));
            one.put("threadId", text(value, "thread_id"));
            Map<String, @Nullable Object> stacktrace = SentryFrames.stacktrace(value.path("stacktrace"));
            one.put("stacktrace", stacktrace);
            one.put("rawStacktrace", SentryFrames.stacktrace(value.path("raw_stacktrace")));
            ofSystem |= stacktrace != null && Boolean.TRUE.equals(stacktrace.get("hasSystemFrames"));
            values.add(one);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("values", values);
        data.put("hasSystemFrames", ofSystem);
        data.put("excOmitted", null);
        return data;
    }

    private static @Nullable Map<String, @Nullable Object> mechanism(JsonNode mechanism) {
        if (!mechanism.isObject()) {
            return null;
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("type", text(mechanism, "type"));
        answer.put("handled", mechanism.path("handled").isBoolean() ? mechanism.path("handled") : null);
        answer.put("description", text(mechanism, "description"));
        answer.put("data", mechanism.get("data"));
        answer.put("meta", mechanism.get("meta"));
        return answer;
    }

    private static Map<String, Object> threads(JsonNode threads) {
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        for (JsonNode thread : threads.path("values")) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("id", thread.get("id"));
            one.put("name", text(thread, "name"));
            one.put("crashed", thread.path("crashed").asBoolean(false));
            one.put("current", thread.path("current").asBoolean(false));
            one.put("state", text(thread, "state"));
            one.put("stacktrace", SentryFrames.stacktrace(thread.path("stacktrace")));
            one.put("rawStacktrace", SentryFrames.stacktrace(thread.path("raw_stacktrace")));
            values.add(one);
        }
        return Map.of("values", values);
    }

    private static Map<String, Object> breadcrumbs(JsonNode breadcrumbs) {
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        for (JsonNode breadcrumb : breadcrumbs.path("values")) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("type", breadcrumb.path("type").asString("default"));
            one.put("category", text(breadcrumb, "category"));
            one.put("level", breadcrumb.path("level").asString("info"));
            one.put("message", text(breadcrumb, "message"));
            one.put("data", breadcrumb.path("data").isObject() ? breadcrumb.path("data") : null);
            one.put("timestamp", time(breadcrumb.path("timestamp")));
            one.put("event_id", null);
            values.add(one);
        }
        return Map.of("values", values);
    }

    /** Seconds since 1970 become a time; another text is left as it is. */
    private static @Nullable Object time(JsonNode time) {
        return time.isNumber()
                ? Instant.ofEpochMilli(Math.round(time.doubleValue() * 1_000))
                : time.isString() ? time.asString() : null;
    }

    private static Map<String, @Nullable Object> request(JsonNode request) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("method", text(request, "method"));
        data.put("url", url(text(request, "url")));
        data.put("query", pairs(request.path("query_string")));
        data.put("fragment", text(request, "fragment"));
        data.put("data", request.get("data"));
        data.put("headers", pairs(request.path("headers")));
        data.put("cookies", pairs(request.path("cookies")));
        data.put("env", request.path("env").isObject() ? request.path("env") : null);
        data.put("inferredContentType", text(request, "inferred_content_type"));
        data.put("apiTarget", null);
        return data;
    }

    /** Clients want a whole address or none. */
    private static @Nullable String url(@Nullable String url) {
        try {
            return url != null && URI.create(url).isAbsolute() ? url : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static List<List<String>> pairs(JsonNode node) {
        List<List<String>> pairs = new ArrayList<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(one -> pairs.add(List.of(
                            one.getKey(), one.getValue().asString(one.getValue().toString()))));
        } else if (node.isArray()) {
            for (JsonNode pair : node) {
                if (pair.isArray() && pair.size() == 2) {
                    pairs.add(List.of(pair.path(0).asString(""), pair.path(1).asString("")));
                }
            }
        } else if (node.isString()) {
            for (String part : node.asString().replaceFirst("^\\?", "").split("&", -1)) {
                int equals = part.indexOf('=');
                if (!part.isEmpty()) {
                    pairs.add(
                            equals < 0
                                    ? List.of(part, "")
                                    : List.of(part.substring(0, equals), part.substring(equals + 1)));
                }
            }
        }
        return pairs;
    }
}
