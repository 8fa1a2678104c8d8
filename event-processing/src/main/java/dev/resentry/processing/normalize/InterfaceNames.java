package dev.resentry.processing.normalize;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Names and outer shapes of the parts of an event, of which old SDKs have others. */
final class InterfaceNames {
    private static final Map<String, String> OLD = Map.ofEntries(
            Map.entry("sentry.interfaces.Exception", "exception"),
            Map.entry("sentry.interfaces.Message", "logentry"),
            Map.entry("sentry.interfaces.Stacktrace", "stacktrace"),
            Map.entry("sentry.interfaces.Threads", "threads"),
            Map.entry("sentry.interfaces.Template", "template"),
            Map.entry("sentry.interfaces.Http", "request"),
            Map.entry("sentry.interfaces.User", "user"),
            Map.entry("sentry.interfaces.Breadcrumbs", "breadcrumbs"),
            Map.entry("sentry.interfaces.Contexts", "contexts"),
            Map.entry("sentry.interfaces.DebugMeta", "debug_meta"),
            Map.entry("sentry.interfaces.Csp", "csp"),
            Map.entry("sentry.interfaces.Hpkp", "hpkp"),
            Map.entry("sentry.interfaces.ExpectCT", "expectct"),
            Map.entry("sentry.interfaces.ExpectStaple", "expectstaple"));

    private static final List<String> LISTS = List.of("exception", "threads", "breadcrumbs");

    private InterfaceNames() {}

    static void apply(Draft draft) {
        ObjectNode event = draft.json();
        OLD.entrySet().forEach(old -> rename(event, old));
        LISTS.forEach(name -> values(draft, name));
    }

    /** A part that is there by its present name, too, stays as that one. */
    private static void rename(ObjectNode event, Entry<String, String> old) {
        JsonNode given = event.remove(old.getKey());
        if (given != null && !event.has(old.getValue())) {
            event.set(old.getValue(), given);
        }
    }

    /** A list, a single object or an object with {@code values} become the latter, without empty entries. */
    private static void values(Draft draft, String name) {
        ObjectNode event = draft.json();
        JsonNode given = event.get(name);
        if (given == null) {
            return;
        }
        Path path = Path.EVENT.at(name).at("values");
        JsonNode list = given.isObject() && given.has("values") ? given.get("values") : given;
        ArrayNode values = event.arrayNode();
        if (list.isArray()) {
            for (int i = 0; i < list.size(); i++) {
                add(draft, values, list.get(i), path.at(i));
            }
        } else {
            add(draft, values, list, path);
        }
        if (values.isEmpty()) {
            event.remove(name);
        } else {
            event.putObject(name).set("values", values);
        }
    }

    /** Takes out what has nothing left behind its rules. */
    static void prune(ObjectNode event, String name) {
        if (event.path(name).path("values") instanceof ArrayNode values) {
            values.removeIf(JsonNode::isEmpty);
            if (values.isEmpty()) {
                event.remove(name);
            }
        }
    }

    private static void add(Draft draft, ArrayNode values, JsonNode entry, Path path) {
        if (entry.isObject() && !entry.isEmpty()) {
            values.add(entry);
        } else if (!entry.isNull()) {
            draft.invalid(path, entry, "expected an object that is not empty");
        }
    }
}
