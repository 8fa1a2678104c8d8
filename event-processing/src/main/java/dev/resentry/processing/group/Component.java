package dev.resentry.processing.group;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of what an event is grouped by, with what was left out and why. The hash is made of the parts that contribute and of
 * nothing else, so that the explanation cannot say another thing than the hash.
 */
public sealed interface Component permits Component.Value, Component.Node, IgnoredFrame {

    /** What it is, such as {@code exception}, {@code frame} or {@code function}. */
    String id();

    /** Whether it is in the hash. */
    boolean contributes();

    /** Why it was left out, or how it was changed; null if neither. */
    @Nullable
    String hint();

    /** Hands every text that makes up the hash to {@code hash}, in order; nothing of what does not contribute. */
    void walk(Consumer<String> hash);

    /** The component as compact JSON; what is at its default is left out. */
    ObjectNode toJson();

    /** The same component, not in the hash. */
    Component ignored(String why);

    /**
     * A single text.
     *
     * @param value what is hashed
     */
    record Value(
            String id,
            String value,
            boolean contributes,
            @Nullable String hint) implements Component {
        static Value of(String id, String value) {
            return new Value(id, value, !value.isEmpty(), value.isEmpty() ? "empty" : null);
        }

        /** A value that was made of another one. */
        static Value of(String id, String value, String sent) {
            return value.equals(sent) || value.isEmpty()
                    ? of(id, value)
                    : new Value(id, value, true, "was: " + cut(sent));
        }

        static Value ignored(String id, String value, String why) {
            return new Value(id, value, false, why);
        }

        private static String cut(String text) {
            return text.length() <= 200 ? text : text.substring(0, 199) + "…";
        }

        @Override
        public Value ignored(String why) {
            return new Value(id, value, false, why);
        }

        @Override
        public void walk(Consumer<String> hash) {
            if (contributes) {
                hash.accept(id);
                hash.accept(value);
            }
        }

        @Override
        public ObjectNode toJson() {
            return described(this).put("value", cut(value));
        }
    }

    /**
     * A part that has parts.
     *
     * @param index its place in the list that it was sent in; null where there is no list
     * @param contributes whether at least one of its parts is in the hash
     */
    record Node(
            String id,
            @Nullable Integer index,
            List<Component> children,
            boolean contributes,
            @Nullable String hint) implements Component {
        public Node {
            children = List.copyOf(children);
        }

        static Node of(String id, List<? extends Component> children) {
            return of(id, null, children, null);
        }

        static Node of(String id, @Nullable Integer index, List<? extends Component> children, @Nullable String hint) {
            boolean contributes = false;
            for (Component child : children) {
                contributes |= child.contributes();
            }
            return new Node(id, index, List.copyOf(children), contributes, hint);
        }

        @Override
        public Node ignored(String why) {
            return new Node(id, index, children, false, why);
        }

        /**
         * Its parts stand between two marks, so that no two trees make the same list. A chain has none: an exception alone and one that
         * was only carried are the same.
         */
        @Override
        public void walk(Consumer<String> hash) {
            if (contributes && id.equals("chain")) {
                children.forEach(child -> child.walk(hash));
            } else if (contributes) {
                hash.accept("(" + id);
                children.forEach(child -> child.walk(hash));
                hash.accept(")");
            }
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = described(this);
            if (index != null) {
                json.put("index", index.intValue());
            }
            ArrayNode parts = json.putArray("children");
            children.forEach(child -> parts.add(child.toJson()));
            return json;
        }
    }

    private static ObjectNode described(Component component) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("id", component.id());
        if (!component.contributes()) {
            json.put("contributes", false);
        }
        if (component.hint() != null) {
            json.put("hint", component.hint());
        }
        return json;
    }
}
