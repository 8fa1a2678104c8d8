package dev.resentry.query.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.agent.DataFence;
import dev.resentry.query.agent.EventText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes texts of what features answer: JSON within a fence, never longer than so many bytes, without what is null or not seen. */
final class DataAnswers {
    static final int MOST_BYTES = 16 * 1024;

    /** How much of texts and lists is told; the first that has room is taken. */
    private record Bounds(int textBytes, int entries, int depth) {}

    private static final List<Bounds> BOUNDS = List.of(
            new Bounds(600, 60, 12),
            new Bounds(240, 40, 8),
            new Bounds(120, 25, 6),
            new Bounds(60, 25, 4),
            new Bounds(40, 8, 3));

    private final JsonMapper json;

    DataAnswers(JsonMapper json) {
        this.json = json;
    }

    /** An answer, and how to get what comes behind it. */
    String of(Object answer, @Nullable String nextCursor) {
        String next = nextCursor == null ? "" : "\nThere is more: call again with cursor " + nextCursor + "\n";
        JsonNode tree = json.valueToTree(answer);
        String text = "";
        for (Bounds bounds : BOUNDS) {
            text = DataFence.NOTICE + "\n\n"
                    + DataFence.around(bounded(tree, bounds, 0).toString()) + next;
            if (text.getBytes(UTF_8).length <= MOST_BYTES) {
                return text;
            }
        }
        // Only something with very many properties is still too long: its beginning is told.
        String beginning = EventText.line(bounded(tree, BOUNDS.getLast(), 0).toString(), MOST_BYTES / 2);
        return DataFence.NOTICE + "\n\n" + DataFence.around(beginning) + "This is cut; ask for less.\n" + next;
    }

    String of(Object answer) {
        return of(answer, null);
    }

    private JsonNode bounded(JsonNode node, Bounds bounds, int depth) {
        if (node.isString()) {
            return json.getNodeFactory().stringNode(EventText.line(node.asString(), bounds.textBytes()));
        }
        if (!node.isContainer()) {
            return node;
        }
        if (depth == bounds.depth()) {
            return json.getNodeFactory().stringNode("…");
        }
        if (node.isArray()) {
            ArrayNode list = json.createArrayNode();
            node.valueStream().limit(bounds.entries()).forEach(entry -> list.add(bounded(entry, bounds, depth + 1)));
            if (node.size() > bounds.entries()) {
                list.add("… %d more".formatted(node.size() - bounds.entries()));
            }
            return list;
        }
        ObjectNode object = json.createObjectNode();
        node.propertyStream()
                .filter(property -> !property.getValue().isNull())
                .limit(bounds.entries())
                .forEach(property -> object.set(
                        EventText.line(property.getKey(), bounds.textBytes()),
                        bounded(property.getValue(), bounds, depth + 1)));
        return object;
    }
}
