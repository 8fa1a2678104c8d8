package dev.resentry.model.event;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A read-only view of an event in the shape that normalising gives it. Fields are read when they are asked for. What is
 * missing or has an unexpected type reads as empty; no reading fails.
 *
 * @param json the whole event; for what is handed on as it is
 */
public record Event(JsonNode json) {

    /** What was thrown. */
    public ExceptionChain exceptions() {
        List<ExceptionValue> values = new ArrayList<>();
        for (JsonNode exception : EventFields.values(json, "exception")) {
            values.add(new ExceptionValue(exception));
        }
        return new ExceptionChain(values);
    }

    /** The threads that ran when the event happened. */
    public List<EventThread> threads() {
        return EventFields.values(json, "threads").stream()
                .map(EventThread::new)
                .toList();
    }

    /** The stack trace of the event itself; see {@link Stacktraces} for the one that tells where it happened. */
    public Stacktrace stacktrace() {
        return new Stacktrace(json.path("stacktrace"));
    }

    /** What led to the event, the oldest first. */
    public List<Breadcrumb> breadcrumbs() {
        return EventFields.values(json, "breadcrumbs").stream()
                .map(Breadcrumb::new)
                .toList();
    }

    /** The message. */
    public LogEntry logEntry() {
        return new LogEntry(json.path("logentry"));
    }

    /** The request in which the event happened. */
    public Request request() {
        return new Request(json.path("request"));
    }

    /** Whom it happened to. */
    public EventUser user() {
        return new EventUser(json.path("user"));
    }

    /** What sent it. */
    public EventSdk sdk() {
        return new EventSdk(json.path("sdk"));
    }

    /** The id of the trace it belongs to as it came, empty if there is none. */
    public String traceId() {
        return EventFields.text(json.path("contexts").path("trace"), "trace_id");
    }

    /** The level; error where none or an unknown one is stated (ingest protocol, section 8.1). */
    public Level level() {
        return Level.parse(EventFields.text(json, "level")).orElse(Level.ERROR);
    }

    /** The name of the logger, empty if there is none. */
    public String logger() {
        return EventFields.scalar(json, "logger");
    }

    /** What was being done, such as a route; empty if the SDK does not say. */
    public String transaction() {
        return EventFields.scalar(json, "transaction");
    }

    /** Where it happened in the SDK's words, empty if it does not say. */
    public String culprit() {
        return EventFields.scalar(json, "culprit");
    }

    /** What the SDK would group by, in order; empty if it does not say. */
    public List<String> fingerprint() {
        JsonNode parts = json.path("fingerprint");
        return parts.isArray()
                ? parts.valueStream().map(part -> part.asString("")).toList()
                : List.of();
    }
}
