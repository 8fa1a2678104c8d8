package dev.resentry.query.agent;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.query.agent.AgentIssue.NamedValue;
import dev.resentry.query.agent.AgentIssue.Variation;
import dev.resentry.query.agent.AgentIssue.Varying;
import dev.resentry.storage.event.EventSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What events of an issue have in common, and in what they differ: more than one event can say. */
final class EventVariation {
    /** Of a property that is hardly ever the same, a few values say enough. */
    private static final int EXAMPLES = 4;

    private EventVariation() {}

    static Variation of(List<EventSummary> events, AgentDetail detail) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (EventSummary event : events) {
            properties(event)
                    .forEach((name, value) ->
                            counts.computeIfAbsent(name, _ -> new TreeMap<>()).merge(value, 1, Integer::sum));
        }
        List<NamedValue> constant = new ArrayList<>();
        List<Varying> varying = new ArrayList<>();
        counts.forEach((name, values) -> {
            int having = values.values().stream().mapToInt(Integer::intValue).sum();
            String shown = EventText.line(name, detail.valueBytes());
            if (values.size() == 1 && having == events.size()) {
                String only = values.keySet().iterator().next();
                constant.add(new NamedValue(shown, EventText.line(only, detail.valueBytes())));
            } else {
                varying.add(new Varying(shown, values.size(), examples(values, detail)));
            }
        });
        return new Variation(
                events.size(),
                constant.stream().limit(detail.entries()).toList(),
                varying.stream().limit(detail.entries()).toList());
    }

    /** Some SDKs send as tags what has columns of its own. */
    private static Map<String, String> properties(EventSummary event) {
        Map<String, String> properties = new TreeMap<>();
        put(properties, "release", event.release());
        put(properties, "environment", event.environment());
        put(properties, "transaction", event.transaction());
        put(properties, "message", event.message());
        UntrustedJson.STORED
                .tree(event.tagsJson())
                .propertyStream()
                .forEach(tag -> put(properties, tag.getKey(), tag.getValue().asString("")));
        return properties;
    }

    private static void put(Map<String, String> properties, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            properties.putIfAbsent(name, value);
        }
    }

    private static List<String> examples(Map<String, Integer> values, AgentDetail detail) {
        return values.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Math.min(EXAMPLES, detail.entries()))
                .map(value ->
                        "%s (%d)".formatted(EventText.line(value.getKey(), detail.valueBytes() / 2), value.getValue()))
                .toList();
    }
}
