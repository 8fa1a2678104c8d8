package dev.resentry.processing.symbolicate;

import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What source maps that come later could make of an event, and how the event was before they did. */
public final class Unsymbolicated {
    /** So that no event fills what is kept of missing source maps. */
    private static final int MAX_DEBUG_IDS = 50;

    private static final String ERRORS = "errors";

    /** Entries that are no longer true since the event was made readable. */
    private static final String RAW_ERRORS = "raw_errors";

    private static final Set<String> PROBLEMS = Arrays.stream(Problem.values())
            .map(problem -> problem.kind().wireName())
            .collect(Collectors.toUnmodifiableSet());

    private Unsymbolicated() {}

    /**
     * What the frames of the program want that stayed minified, as far as anybody can tell.
     *
     * @return the debug ids of their files, as many as are known; empty if no frame wants anything
     */
    public static Optional<Set<UUID>> wanted(NormalizedEvent event) {
        if (!EventSymbolication.concerns(event)) {
            return Optional.empty();
        }
        DebugIds known = DebugIds.of(event.json());
        Set<UUID> ids = new LinkedHashSet<>(EventRetrace.wanted(event.json()));
        boolean isWanting = !ids.isEmpty();
        for (EventStack stack : EventStack.of(event.json())) {
            List<MinifiedFrame> minified = isLookedAt(stack) ? stack.minified(event.platform(), known) : List.of();
            for (int i = 0; i < minified.size(); i++) {
                if (minified.get(i).isOfFile() && isWanting(stack.frames().get(i))) {
                    isWanting = true;
                    Optional.ofNullable(minified.get(i).debugId())
                            .filter(_ -> ids.size() < MAX_DEBUG_IDS)
                            .ifPresent(ids::add);
                }
            }
        }
        return isWanting ? Optional.of(ids) : Optional.empty();
    }

    /** Nothing is made of a stack trace beside which its sender has put a raw one. */
    private static boolean isLookedAt(EventStack stack) {
        return stack.isAsItCame() || stack.isMadeReadable();
    }

    private static boolean isWanting(JsonNode frame) {
        return frame.path("in_app").asBoolean(true) && !EventStack.isReadable(frame);
    }

    /** Whether an event has readable frames, and none of the program that stayed minified. */
    public static boolean isReadable(NormalizedEvent event) {
        return EventStack.of(event.json()).stream()
                        .anyMatch(stack -> stack.frames().stream().anyMatch(EventStack::isReadable))
                && wanted(event).isEmpty();
    }

    /** Whether each frame that is readable in one state of an event is so in another one. */
    public static boolean isAsReadable(ObjectNode before, ObjectNode after) {
        List<EventStack> former = EventStack.of(before);
        List<EventStack> stacks = EventStack.of(after);
        for (int i = 0; i < former.size(); i++) {
            if (former.get(i).isRetraced()) {
                if (!stacks.get(i).isRetraced()) {
                    return false;
                }
                continue;
            }
            List<ObjectNode> frames = former.get(i).frames();
            for (int j = 0; j < frames.size(); j++) {
                if (EventStack.isReadable(frames.get(j))
                        && !EventStack.isReadable(stacks.get(i).frames().get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Takes an event back to how it arrived, in place, so that it can be made readable by what there is now.
     *
     * @return the entries of its errors that told what was missing, which are taken out
     */
    public static List<JsonNode> takeBack(ObjectNode event) {
        restore(event);
        List<JsonNode> taken = new ArrayList<>();
        if (event.get(ERRORS) instanceof ArrayNode errors) {
            List<JsonNode> kept = new ArrayList<>();
            errors.forEach(error -> (isProblem(error) ? taken : kept).add(error));
            setErrors(event, kept);
        }
        return taken;
    }

    /** Keeps entries that were taken out of an event's errors with the event, for {@link #restore}. */
    public static void keep(ObjectNode event, List<JsonNode> errors) {
        if (!errors.isEmpty()) {
            event.putArray(RAW_ERRORS).addAll(errors);
        }
    }

    /** Takes an event back to how it was before source maps that came later made it readable, in place. Any other event stays as it is. */
    public static void restore(ObjectNode event) {
        List<EventStack> readable =
                EventStack.of(event).stream().filter(EventStack::isMadeReadable).toList();
        if (readable.isEmpty()) {
            return;
        }
        readable.forEach(EventStack::takeBack);
        List<JsonNode> errors = new ArrayList<>();
        event.path(ERRORS).forEach(error -> {
            if (!isProblem(error)) {
                errors.add(error);
            }
        });
        if (event.get(RAW_ERRORS) instanceof ArrayNode former
                && former.valueStream().allMatch(Unsymbolicated::isProblem)) {
            event.remove(RAW_ERRORS);
            former.forEach(errors::add);
        }
        setErrors(event, errors);
    }

    private static boolean isProblem(JsonNode error) {
        return PROBLEMS.contains(error.path("type").asString(""));
    }

    private static void setErrors(ObjectNode event, List<JsonNode> errors) {
        if (errors.isEmpty()) {
            event.remove(ERRORS);
        } else {
            event.putArray(ERRORS).addAll(errors);
        }
    }
}
