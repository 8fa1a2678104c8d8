package dev.resentry.processing.group;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the events of tests in few words. */
final class SentEvent {
    private final ObjectNode json = JsonMapper.shared().createObjectNode();

    private SentEvent() {}

    static SentEvent on(String platform) {
        var event = new SentEvent();
        event.json.put("platform", platform);
        return event;
    }

    /**
     * An event with one exception.
     *
     * @param thrown such as {@code TypeError: x is not a function}
     * @param frames as {@link #frames} reads them
     */
    static SentEvent thrown(String platform, String thrown, String frames) {
        return on(platform).exception(thrown, frames);
    }

    static SentEvent ofJson(String text) {
        var event = new SentEvent();
        event.json.setAll((ObjectNode) UntrustedJson.WITH_NON_NUMBERS.tree(text));
        return event;
    }

    SentEvent with(String field, String value) {
        json.put(field, value);
        return this;
    }

    /** Adds an exception that wraps those before it. */
    SentEvent exception(String thrown, String frames) {
        int colon = thrown.indexOf(": ");
        ObjectNode exception =
                json.withObjectProperty("exception").withArrayProperty("values").addObject();
        exception.put("type", colon < 0 ? thrown : thrown.substring(0, colon));
        exception.put("value", colon < 0 ? "" : thrown.substring(colon + 2));
        frames(exception, frames);
        return this;
    }

    /**
     * Reads frames, the oldest call first, one a line: {@code -} for one that is not in app, {@code ?} for one of which the SDK says
     * nothing, then {@code module} or {@code @file}, then {@code #function}, then {@code |} and the line of source.
     */
    private static void frames(ObjectNode exception, String text) {
        if (text.isBlank()) {
            return;
        }
        var frames = exception.putObject("stacktrace").putArray("frames");
        int number = 0;
        for (String line :
                text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            ObjectNode frame = frames.addObject();
            String rest = line;
            if (!rest.startsWith("?")) {
                frame.put("in_app", !rest.startsWith("-"));
            }
            rest = rest.startsWith("-") || rest.startsWith("?") ? rest.substring(1) : rest;
            int source = rest.indexOf(" | ");
            if (source >= 0) {
                frame.put("context_line", rest.substring(source + 3));
                rest = rest.substring(0, source);
            }
            int function = rest.lastIndexOf(" #");
            if (function >= 0) {
                frame.put("function", rest.substring(function + 2));
                rest = rest.substring(0, function);
            } else if (rest.startsWith("#")) {
                frame.put("function", rest.substring(1));
                rest = "";
            }
            if (rest.startsWith("@")) {
                frame.put("filename", rest.substring(1));
            } else if (!rest.isEmpty()) {
                frame.put("module", rest);
            }
            frame.put("lineno", ++number);
        }
    }

    NormalizedEvent normalized() {
        return EventNormalizer.normalize(
                json.deepCopy(), NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.EPOCH));
    }

    GroupingResult grouped() {
        return grouped(GroupingRules.NONE);
    }

    GroupingResult grouped(GroupingRules rules) {
        return Grouping.of(normalized(), rules);
    }

    String hash() {
        return grouped().primary().hex();
    }
}
