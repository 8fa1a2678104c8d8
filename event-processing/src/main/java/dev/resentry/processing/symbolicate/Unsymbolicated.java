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

    private static final String STACKTRACE = "stacktrace";
    private static final String RAW = "raw_stacktrace";
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
        boolean isWanting = false;
        Set<UUID> ids = new LinkedHashSet<>();
        for (ObjectNode holder : holders(event.json())) {
            for (JsonNode frame : holder.path(STACKTRACE).path("frames")) {
                String url = FileUrl.clean(
                        frame.path("abs_path").asString(frame.path("filename").asString("")));
                if (isMinified(frame, url)) {
                    isWanting = true;
                    known.of(url)
                            .or(() -> DebugId.parse(frame.path("debug_id").asString("")))
                            .filter(_ -> ids.size() < MAX_DEBUG_IDS)
                            .ifPresent(ids::add);
                }
            }
        }
        return isWanting ? Optional.of(ids) : Optional.empty();
    }

    private static boolean isMinified(JsonNode frame, String url) {
        return FileUrl.isFile(url)
                && frame.path("lineno").asInt(0) > 0
                && frame.path("in_app").asBoolean(true)
                && !frame.path("data").path("symbolicated").asBoolean(false);
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
            errors.forEach(error -> (PROBLEMS.contains(error.path("type").asString("")) ? taken : kept).add(error));
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
        boolean isReadable = false;
        for (ObjectNode holder : holders(event)) {
            JsonNode raw = holder.remove(RAW);
            if (raw != null) {
                holder.set(STACKTRACE, raw);
                isReadable = true;
            }
        }
        JsonNode former = event.remove(RAW_ERRORS);
        if (isReadable || former != null) {
            List<JsonNode> errors = new ArrayList<>();
            event.path(ERRORS).forEach(error -> {
                if (!PROBLEMS.contains(error.path("type").asString(""))) {
                    errors.add(error);
                }
            });
            if (former != null) {
                former.forEach(errors::add);
            }
            setErrors(event, errors);
        }
    }

    private static void setErrors(ObjectNode event, List<JsonNode> errors) {
        if (errors.isEmpty()) {
            event.remove(ERRORS);
        } else {
            event.putArray(ERRORS).addAll(errors);
        }
    }

    /** What of an event may have a stack trace. */
    private static List<ObjectNode> holders(ObjectNode event) {
        List<ObjectNode> holders = new ArrayList<>();
        holders.add(event);
        for (String list : List.of("exception", "threads")) {
            for (JsonNode value : event.path(list).path("values")) {
                if (value instanceof ObjectNode holder) {
                    holders.add(holder);
                }
            }
        }
        return holders;
    }
}
