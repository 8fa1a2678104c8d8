package dev.resentry.processing.group;

import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A frame that is not in the hash. Its parts are only for people and are made when somebody asks for them: most frames of most stacks
 * do not count, and few events are asked about.
 */
record IgnoredFrame(GroupingFrame frame, String hint) implements Component {

    @Override
    public String id() {
        return "frame";
    }

    @Override
    public boolean contributes() {
        return false;
    }

    @Override
    public void walk(Consumer<String> hash) {
        // Nothing of it counts.
    }

    @Override
    public ObjectNode toJson() {
        return Stack.frame(frame, false).ignored(hint).toJson();
    }

    @Override
    public IgnoredFrame ignored(String why) {
        return new IgnoredFrame(frame, why);
    }
}
