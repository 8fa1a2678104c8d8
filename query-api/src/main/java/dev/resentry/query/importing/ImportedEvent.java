package dev.resentry.query.importing;

import dev.resentry.model.event.EventId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An event as {@code /api/0} shows it, turned back into what an SDK sends. */
record ImportedEvent(EventId id, ObjectNode json) {

    /** Those of a list that have an id. */
    static Stream<ImportedEvent> of(Iterable<JsonNode> shown) {
        return StreamSupport.stream(shown.spliterator(), false).flatMap(one -> ofOne(one).stream());
    }

    /** Empty if it has no id. */
    static Optional<ImportedEvent> ofOne(JsonNode shown) {
        return EventId.parse(shown.path("eventID").asString("")).map(id -> new ImportedEvent(id, json(id, shown)));
    }

    private static ObjectNode json(EventId id, JsonNode shown) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("event_id", id.toString());
        event.set("timestamp", shown.path("dateCreated"));
        copy(shown, "platform", event, "platform");
        copy(shown, "dist", event, "dist");
        copy(shown, "location", event, "transaction");
        shown.path("user")
                .properties()
                .forEach(field ->
                        copy(shown.path("user"), field.getKey(), event.withObjectProperty("user"), field.getKey()));
        copy(shown, "contexts", event, "contexts");
        copy(shown, "context", event, "extra");
        copy(shown, "packages", event, "modules");
        copy(shown, "sdk", event, "sdk");
        copy(shown, "fingerprints", event, "fingerprint");
        copy(shown.path("release"), "version", event, "release");
        tags(shown.path("tags"), event);
        for (JsonNode entry : shown.path("entries")) {
            JsonNode data = entry.path("data");
            switch (entry.path("type").asString("")) {
                case "message" -> event.set("logentry", data);
                case "exception" -> event.putObject("exception").set("values", traced(data.path("values")));
                case "threads" -> event.putObject("threads").set("values", traced(data.path("values")));
                case "stacktrace" -> event.set("stacktrace", stacktrace(data));
                case "breadcrumbs" -> event.putObject("breadcrumbs").set("values", data.path("values"));
                case "request" -> event.set("request", request(data));
                default -> {
                    // What other servers compute of an event, such as debug images they found, is made anew here.
                }
            }
        }
        // Fingerprints of other servers are hashes unless an SDK or a rule gave them; a hash would group nothing with
        // later events.
        if (event.path("fingerprint")
                .valueStream()
                .allMatch(one -> one.asString("").matches("[0-9a-f]{32}"))) {
            event.remove("fingerprint");
        }
        return event;
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String name) {
        JsonNode value = from.path(field);
        boolean isEmpty = value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty());
        if (!isEmpty) {
            to.set(name, value);
        }
    }

    /** Level, environment and others are fields that servers show as tags. */
    private static void tags(JsonNode shown, ObjectNode event) {
        ArrayNode tags = JsonNodeFactory.instance.arrayNode();
        for (JsonNode tag : shown) {
            String key = tag.path("key").asString("");
            String value = tag.path("value").asString("");
            switch (key) {
                case "level", "environment", "logger", "server_name" -> event.put(key, value);
                case "release", "dist", "user", "transaction" -> {
                    if (!event.has(key) && !key.equals("user")) {
                        event.put(key, value);
                    }
                }
                default -> tags.addArray().add(key).add(value);
            }
        }
        event.set("tags", tags);
    }

    private static ArrayNode traced(JsonNode values) {
        ArrayNode traced = JsonNodeFactory.instance.arrayNode();
        for (JsonNode value : values) {
            ObjectNode one = traced.addObject();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                switch (field.getKey()) {
                    case "stacktrace" -> {
                        if (field.getValue().isObject()) {
                            one.set("stacktrace", stacktrace(field.getValue()));
                        }
                    }
                    case "rawStacktrace" -> {
                        if (field.getValue().isObject()) {
                            one.set("raw_stacktrace", stacktrace(field.getValue()));
                        }
                    }
                    case "threadId" -> copy(value, "threadId", one, "thread_id");
                    default -> copy(value, field.getKey(), one, field.getKey());
                }
            }
        }
        return traced;
    }

    private static ObjectNode stacktrace(JsonNode shown) {
        ObjectNode stacktrace = JsonNodeFactory.instance.objectNode();
        ArrayNode frames = stacktrace.putArray("frames");
        for (JsonNode frame : shown.path("frames")) {
            frames.add(frame(frame));
        }
        return stacktrace;
    }

    private static ObjectNode frame(JsonNode shown) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        copy(shown, "filename", frame, "filename");
        copy(shown, "absPath", frame, "abs_path");
        copy(shown, "module", frame, "module");
        copy(shown, "package", frame, "package");
        copy(shown, "platform", frame, "platform");
        copy(shown, "instructionAddr", frame, "instruction_addr");
        copy(shown, "symbolAddr", frame, "symbol_addr");
        copy(shown, "function", frame, "function");
        copy(shown, "rawFunction", frame, "raw_function");
        copy(shown, "lineNo", frame, "lineno");
        copy(shown, "colNo", frame, "colno");
        copy(shown, "inApp", frame, "in_app");
        copy(shown, "vars", frame, "vars");
        long at = shown.path("lineNo").asLong(0);
        for (JsonNode line : shown.path("context")) {
            long number = line.path(0).asLong(0);
            String text = line.path(1).asString("");
            if (number == at) {
                frame.put("context_line", text);
            } else {
                frame.withArray(number < at ? "pre_context" : "post_context").add(text);
            }
        }
        return frame;
    }

    private static ObjectNode request(JsonNode shown) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        copy(shown, "method", request, "method");
        copy(shown, "url", request, "url");
        copy(shown, "query", request, "query_string");
        copy(shown, "fragment", request, "fragment");
        copy(shown, "data", request, "data");
        copy(shown, "headers", request, "headers");
        copy(shown, "cookies", request, "cookies");
        copy(shown, "env", request, "env");
        copy(shown, "inferredContentType", request, "inferred_content_type");
        return request;
    }
}
