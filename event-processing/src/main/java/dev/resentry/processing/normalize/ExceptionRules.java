package dev.resentry.processing.normalize;

import dev.resentry.processing.normalize.Texts.Limit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Exceptions, threads and the event's own stack trace (ingest protocol, section 8.7). */
final class ExceptionRules {
    private static final Limit NAME = new Limit(256, 20);
    private static final Limit THREAD = new Limit(128, 0);

    private ExceptionRules() {}

    static void apply(Draft draft) {
        ObjectNode event = draft.json();
        JsonNode exceptions = event.path("exception").path("values");
        Path path = Path.EVENT.at("exception").at("values");
        MechanismRules mechanisms = new MechanismRules(draft);
        for (int i = 0; i < exceptions.size(); i++) {
            if (exceptions.get(i) instanceof ObjectNode exception) {
                exception(draft, exception, path.at(i));
                mechanisms.apply(exception, path.at(i));
            }
        }
        InterfaceNames.prune(event, "exception");
        if (exceptions.size() == 1 && exceptions.get(0) instanceof ObjectNode only) {
            stacktraceOfException(draft, only, path.at(0));
        }
        StacktraceRules.apply(draft, event, Path.EVENT);
        JsonNode threads = event.path("threads").path("values");
        for (int i = 0; i < threads.size(); i++) {
            if (threads.get(i) instanceof ObjectNode thread) {
                thread(draft, thread, Path.EVENT.at("threads").at("values").at(i));
            }
        }
        InterfaceNames.prune(event, "threads");
    }

    private static void exception(Draft draft, ObjectNode exception, Path path) {
        Texts.bounded(draft, exception, "type", path, NAME);
        JsonNode value = exception.path("value");
        if (value.isContainer()) {
            exception.put("value", value.toString());
        }
        Texts.bounded(draft, exception, "value", path, MessageRules.MESSAGE);
        Texts.bounded(draft, exception, "module", path, NAME);
        Texts.bounded(draft, exception, "thread_id", path, THREAD);
        StacktraceRules.apply(draft, exception, path);
    }

    /** A stack trace beside a single exception without one belongs to it. */
    private static void stacktraceOfException(Draft draft, ObjectNode exception, Path path) {
        ObjectNode event = draft.json();
        if (event.path("stacktrace").isObject() && !exception.has("stacktrace")) {
            exception.set("stacktrace", event.remove("stacktrace"));
            StacktraceRules.apply(draft, exception, path);
        }
    }

    private static void thread(Draft draft, ObjectNode thread, Path path) {
        JsonNode id = thread.path("id");
        if (!id.isNumber()) {
            Texts.bounded(draft, thread, "id", path, THREAD);
        }
        Texts.bounded(draft, thread, "name", path, NAME);
        Flags.apply(draft, thread, "crashed", path);
        Flags.apply(draft, thread, "current", path);
        StacktraceRules.apply(draft, thread, path);
    }
}
