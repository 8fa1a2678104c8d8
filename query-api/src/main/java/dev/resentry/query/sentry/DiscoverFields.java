package dev.resentry.query.sentry;

import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a question of Discover by the names that the explorer has for them. */
final class DiscoverFields {
    private static final String PRECISE = "timestamp_precise";

    /** Of names that the explorer does not know. */
    private static final Map<String, String> OF_EVENTS = Map.of("project.name", "project", "user.display", "user");

    private static final Map<String, String> OF_LOGS =
            Map.of("project.name", "project", "sentry.item_id", "id", PRECISE, "timestamp", "severity", "level");

    private final ExploreDataset dataset;

    DiscoverFields(ExploreDataset dataset) {
        this.dataset = dataset;
    }

    String known(String text) {
        return (dataset == ExploreDataset.LOGS ? OF_LOGS : OF_EVENTS).getOrDefault(text, text);
    }

    /** What is to sort by: of several the first. */
    @Nullable
    String sort(@Nullable List<String> wanted) {
        if (wanted == null || wanted.isEmpty() || wanted.getFirst().isBlank()) {
            return null;
        }
        String text = wanted.getFirst();
        return text.startsWith("-") ? "-" + known(text.substring(1)) : known(text);
    }

    /** The fields as they are asked for and those that belong to them: rows have an id, issues theirs. */
    static List<String> completed(List<String> wanted, boolean grouped, int most) {
        Set<String> all = new LinkedHashSet<>(wanted);
        List<String> further = new ArrayList<>();
        if (all.contains("issue")) {
            further.add("issue.id");
        }
        if (!grouped) {
            further.add("id");
            further.add("project.name");
        }
        for (String text : further) {
            if (all.size() < most) {
                all.add(text);
            }
        }
        return List.copyOf(all);
    }

    /** A row by the texts that were sent. */
    Map<String, @Nullable Object> row(Map<String, @Nullable Object> found, List<String> wanted) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (String text : wanted) {
            Object value = found.get(known(text));
            row.put(text, text.equals(PRECISE) && value instanceof Instant at ? nanoseconds(at) : value);
        }
        return row;
    }

    private static Long nanoseconds(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    Map<String, String> types(List<String> wanted, List<ExploreField> fields) {
        Map<String, String> byText = new LinkedHashMap<>();
        fields.forEach(field -> byText.put(field.text(), field.valueType().wireName()));
        Map<String, String> types = new LinkedHashMap<>();
        for (String text : wanted) {
            types.put(text, text.equals(PRECISE) ? "number" : byText.getOrDefault(known(text), "string"));
        }
        return types;
    }

    /** Durations are in milliseconds; what has no unit has none. */
    static Map<String, @Nullable String> units(Map<String, String> types) {
        Map<String, @Nullable String> units = new LinkedHashMap<>();
        types.forEach((text, type) -> units.put(text, type.equals("duration") ? "millisecond" : null));
        return units;
    }
}
