package dev.resentry.processing.symbolicate;

import dev.resentry.model.json.UntrustedJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Original names without a source map: a JSON object whose names are functions of the minified file or places in it,
 * {@code "line:column"} counted from 1, and whose values are the original function or an object with {@code function}, {@code file},
 * {@code line} and {@code column}.
 */
final class FunctionMap {
    private final Map<String, Entry> entries;
    private final int bytes;

    private FunctionMap(Map<String, Entry> entries, int bytes) {
        this.entries = entries;
        this.bytes = bytes;
    }

    /**
     * What a function comes from.
     *
     * @param line counted from 1; 0 if it is not told
     * @param column counted from 1; 0 if it is not told
     */
    record Entry(String function, @Nullable String file, int line, int column) {}

    /** What became of reading a document. */
    sealed interface Reading {
        record Read(FunctionMap map) implements Reading {}

        record Malformed(String cause) implements Reading {}
    }

    static Reading read(byte[] json) {
        try {
            JsonNode tree = UntrustedJson.STRICT.tree(json, 0, json.length);
            if (!tree.isObject()) {
                return new Reading.Malformed("expected an object, got " + tree.getNodeType());
            }
            Map<String, Entry> entries = new HashMap<>();
            for (Map.Entry<String, JsonNode> property : tree.properties()) {
                JsonNode value = property.getValue();
                String function = value.isString()
                        ? value.asString()
                        : value.path("function").asString("");
                if (function.isEmpty()) {
                    return new Reading.Malformed("'%s': expected the name of a function".formatted(property.getKey()));
                }
                String file = value.path("file").asString("");
                entries.put(
                        property.getKey(),
                        new Entry(
                                function,
                                file.isEmpty() ? null : file,
                                value.path("line").asInt(0),
                                value.path("column").asInt(0)));
            }
            return new Reading.Read(new FunctionMap(entries, json.length));
        } catch (JacksonException e) {
            return new Reading.Malformed("no JSON: " + e.getOriginalMessage());
        }
    }

    /** By the place, which is one function, else by the name. */
    Optional<Entry> find(MinifiedFrame frame) {
        Entry byPlace = entries.get(frame.line() + ":" + frame.column());
        return Optional.ofNullable(byPlace == null ? entries.get(frame.function()) : byPlace);
    }

    long weight() {
        return 4L * bytes;
    }
}
