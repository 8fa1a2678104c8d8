package dev.resentry.processing.symbolicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stack trace of an event, and what its frames say of minified code.
 *
 * @param holder of the stack trace
 * @param path of the frames
 */
record EventStack(ObjectNode holder, ObjectNode stacktrace, List<ObjectNode> frames, String path) {
    private static final Set<String> PLATFORMS = Set.of("javascript", "node");
    private static final String STACKTRACE = "stacktrace";
    private static final String RAW = "raw_stacktrace";
    private static final Set<String> RESOLVED_WITH =
            Arrays.stream(Resolution.By.values()).map(Resolution.By::wireName).collect(Collectors.toUnmodifiableSet());

    static boolean isOfJavaScript(String platform) {
        return PLATFORMS.contains(platform);
    }

    /** Those with frames, of the event itself, its exceptions and its threads. */
    static List<EventStack> of(ObjectNode event) {
        List<EventStack> stacks = new ArrayList<>();
        add(stacks, event, "");
        for (String list : List.of("exception", "threads")) {
            JsonNode values = event.path(list).path("values");
            for (int i = 0; i < values.size(); i++) {
                add(stacks, values.get(i), "%s.values.%d.".formatted(list, i));
            }
        }
        return stacks;
    }

    private static void add(List<EventStack> stacks, JsonNode holder, String path) {
        if (holder instanceof ObjectNode object
                && object.get(STACKTRACE) instanceof ObjectNode stacktrace
                && stacktrace.get("frames") instanceof ArrayNode given) {
            List<ObjectNode> frames = new ArrayList<>();
            for (JsonNode frame : given) {
                if (frame instanceof ObjectNode one) {
                    frames.add(one);
                }
            }
            if (!frames.isEmpty()) {
                stacks.add(new EventStack(object, stacktrace, frames, path + "stacktrace.frames."));
            }
        }
    }

    /** Whether nobody has put another stack trace beside it: neither we, who made it readable, nor its sender. */
    boolean isAsItCame() {
        return !holder.has(RAW);
    }

    /** Whether source maps or a mapping made it readable. A sender may send a raw stack trace too, but then nothing tells what its frames come from. */
    boolean isMadeReadable() {
        if (isRetraced()) {
            return true;
        }
        return holder.get(RAW) instanceof ObjectNode raw
                && raw.path("frames").size() == frames.size()
                && frames.stream()
                        .anyMatch(frame -> isReadable(frame)
                                && RESOLVED_WITH.contains(
                                        frame.path("data").path("resolved_with").asString("")));
    }

    /** Whether a mapping made it readable, by which one frame may become several. */
    boolean isRetraced() {
        return holder.get(RAW) instanceof ObjectNode
                && stacktrace
                        .path("frames")
                        .valueStream()
                        .anyMatch(frame -> isReadable(frame)
                                && frame.path("data")
                                        .path("resolved_with")
                                        .asString("")
                                        .equals(RetracedNames.RESOLVED_WITH));
    }

    static boolean isReadable(JsonNode frame) {
        return frame.path("data").path("symbolicated").asBoolean(false);
    }

    /** Its frames as they stand; one of another language is of no file. */
    List<MinifiedFrame> minified(String platform, DebugIds debugIds) {
        return frames.stream().map(frame -> minified(frame, platform, debugIds)).toList();
    }

    private static MinifiedFrame minified(ObjectNode frame, String platform, DebugIds debugIds) {
        String own = frame.path("platform").asString(platform);
        String path = frame.path("abs_path").asString(frame.path("filename").asString(""));
        String url = isOfJavaScript(own) || !debugIds.areEmpty() ? FileUrl.clean(path) : "";
        @Nullable
        UUID debugId = debugIds.of(url)
                .or(() -> DebugId.parse(frame.path("debug_id").asString("")))
                .orElse(null);
        return new MinifiedFrame(
                url,
                frame.path("lineno").asInt(0),
                frame.path("colno").asInt(0),
                frame.path("function").asString(""),
                debugId);
    }

    /** Keeps the stack trace beside the one that its frames are about to become. */
    void keepAsItCame() {
        holder.set(RAW, stacktrace.deepCopy());
    }

    /** Puts the stack trace as it came back in the place of the one that was made of it. */
    void takeBack() {
        if (isRetraced()) {
            RetracedNames.takeBack(holder);
        }
        JsonNode raw = holder.remove(RAW);
        if (raw != null) {
            holder.set(STACKTRACE, raw);
        }
    }
}
