package dev.resentry.processing.normalize;

import dev.resentry.processing.meta.Remark;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stack traces: frames that are some, a bounded number of them (ingest protocol, section 8.7). */
final class StacktraceRules {
    private static final int MAX_FRAMES = 250;

    /** More than these do without source and variables. */
    private static final int MAX_DETAILED = 50;

    private static final Remark WITHOUT_DETAILS = Remark.ofWhole("@frame_details", Remark.Kind.REMOVED);

    private StacktraceRules() {}

    /** Of whatever has a stack trace; one without frames goes. */
    static void apply(Draft draft, ObjectNode holder, Path parent) {
        apply(draft, holder, "stacktrace", parent);
        apply(draft, holder, "raw_stacktrace", parent);
    }

    private static void apply(Draft draft, ObjectNode holder, String name, Path parent) {
        JsonNode given = holder.get(name);
        if (given == null) {
            return;
        }
        if (given.isArray()) {
            holder.putObject(name).set("frames", given);
        }
        if (!(holder.get(name) instanceof ObjectNode stacktrace)) {
            Texts.remove(draft, holder, name, parent, "expected an object with frames");
            return;
        }
        Path path = parent.at(name).at("frames");
        JsonNode frames = stacktrace.path("frames");
        if (!frames.isArray() && !frames.isNull() && !frames.isMissingNode()) {
            draft.invalid(path, frames, "expected a list of frames");
        }
        List<ObjectNode> kept = frames(draft, frames, path);
        if (kept.isEmpty()) {
            holder.remove(name);
            return;
        }
        stacktrace.set("frames", stacktrace.arrayNode().addAll(kept));
        for (int i = 0; i < kept.size(); i++) {
            FrameRules.apply(draft, kept.get(i), path.at(i));
        }
        withoutDetails(draft, kept, path);
    }

    /** Of too many, those at both ends: where it began, and where it broke. */
    private static List<ObjectNode> frames(Draft draft, JsonNode given, Path path) {
        List<ObjectNode> frames = new ArrayList<>();
        if (given instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof ObjectNode frame) {
                    frames.add(frame);
                } else if (!list.get(i).isNull()) {
                    draft.invalid(path.at(i), list.get(i), "expected an object");
                }
            }
        }
        if (frames.size() > MAX_FRAMES) {
            draft.shortened(path, frames.size());
            frames.subList(MAX_FRAMES / 2, frames.size() - MAX_FRAMES / 2).clear();
        }
        return frames;
    }

    /** Frames of the program keep source and variables before those of others do; of each, those at both ends. */
    private static void withoutDetails(Draft draft, List<ObjectNode> frames, Path path) {
        if (frames.size() <= MAX_DETAILED) {
            return;
        }
        List<Integer> own = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            (frames.get(i).path("in_app").asBoolean(false) ? own : others).add(i);
        }
        List<Integer> inner = new ArrayList<>(inner(own, MAX_DETAILED));
        inner.addAll(inner(others, Math.max(0, MAX_DETAILED - own.size())));
        boolean hadDetails = strip(frames, inner);
        if (hadDetails) {
            draft.meta().remark(path.names(), WITHOUT_DETAILS);
        }
    }

    private static List<Integer> inner(List<Integer> indexes, int allowed) {
        int first = Math.min(indexes.size(), allowed / 2);
        int last = Math.max(first, indexes.size() - (allowed - allowed / 2));
        return indexes.subList(first, last);
    }

    private static boolean strip(List<ObjectNode> frames, List<Integer> indexes) {
        boolean hadDetails = false;
        for (int index : indexes) {
            ObjectNode frame = frames.get(index);
            int before = frame.size();
            FrameRules.DETAILS.forEach(frame::remove);
            hadDetails |= frame.size() < before;
        }
        return hadDetails;
    }
}
