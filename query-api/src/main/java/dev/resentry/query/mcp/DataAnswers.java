package dev.resentry.query.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.agent.DataFence;
import dev.resentry.query.agent.EventText;
import java.util.List;
import java.util.function.Function;
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

    /** Entries of a page are told shortened so far before they are left to the next page. */
    private static final int SHORTENED = 2;

    private final JsonMapper json;

    DataAnswers(JsonMapper json) {
        this.json = json;
    }

    /**
     * A page of a list: as many of its entries as fit, each whole within its bounds, and how to get what comes behind the last of them.
     *
     * @param cursorOf what to call again with for what comes behind an entry
     * @param isMore whether more comes behind the page
     */
    <T> String page(List<?> answers, List<T> entries, Function<T, String> cursorOf, boolean isMore) {
        for (Bounds bounds : BOUNDS.subList(0, SHORTENED + 1)) {
            String whole = told(answers, bounds, isMore ? cursorOf.apply(entries.getLast()) : null);
            if (fits(whole)) {
                return whole;
            }
        }
        for (int told = entries.size() - 1; told > 0; told--) {
            String part = told(answers.subList(0, told), BOUNDS.get(SHORTENED), cursorOf.apply(entries.get(told - 1)));
            if (fits(part)) {
                return part;
            }
        }
        boolean isMoreThanOne = isMore || entries.size() > 1;
        return of(answers.subList(0, 1)) + behind(isMoreThanOne ? cursorOf.apply(entries.getFirst()) : null);
    }

    private String told(List<?> answers, Bounds bounds, @Nullable String cursor) {
        ArrayNode list = json.createArrayNode();
        answers.forEach(one -> list.add(bounded(json.valueToTree(one), bounds, 1)));
        return DataFence.NOTICE + "\n\n" + DataFence.around(list.toString()) + behind(cursor);
    }

    private static boolean fits(String text) {
        return text.getBytes(UTF_8).length <= MOST_BYTES;
    }

    private static String behind(@Nullable String cursor) {
        return cursor == null ? "" : "\nThere is more: call again with cursor " + cursor + "\n";
    }

    /** An answer. */
    String of(Object answer) {
        JsonNode tree = json.valueToTree(answer);
        String text = "";
        for (Bounds bounds : BOUNDS) {
            text = DataFence.NOTICE + "\n\n"
                    + DataFence.around(bounded(tree, bounds, 0).toString());
            if (fits(text)) {
                return text;
            }
        }
        // Only something with very many properties is still too long: its beginning is told.
        String beginning = EventText.line(bounded(tree, BOUNDS.getLast(), 0).toString(), MOST_BYTES / 2);
        return DataFence.NOTICE + "\n\n" + DataFence.around(beginning) + "This is cut; ask for less.\n";
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
