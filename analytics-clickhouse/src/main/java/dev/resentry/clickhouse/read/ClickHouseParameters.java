package dev.resentry.clickhouse.read;

import java.util.HashMap;
import java.util.Map;

/** The parameters of a statement while it is made. */
final class ClickHouseParameters {
    private final Map<String, Object> values = new HashMap<>();

    /**
     * Adds a value; what stands for it in the SQL.
     *
     * @param type of ClickHouse
     */
    String bind(String type, Object value) {
        String name = "p" + (values.size() + 1);
        values.put(name, value);
        return "{%s:%s}".formatted(name, type);
    }

    Map<String, Object> values() {
        return values;
    }
}
