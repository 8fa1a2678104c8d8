package dev.resentry.processing.group;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.message.MessageTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the variables of a fingerprint or a title. What the event does not have reads {@code <no-...>}, an unknown name
 * {@code <unrecognized-variable-...>}, so that a mistake shows in the fingerprint.
 *
 * @param frames the one nearest to the crash last
 * @param defaultHash what the event would have without a fingerprint
 */
record Variables(Event event, List<GroupingFrame> frames, Supplier<String> defaultHash) {
    private static final int MAX_VALUE = 1_024;

    /** Whether a text is {@code {{ default }}} and nothing else. */
    static boolean isDefault(String text) {
        String plain = text.strip();
        return plain.startsWith("{{")
                && plain.endsWith("}}")
                && plain.length() > 4
                && plain.substring(2, plain.length() - 2).strip().equals("default");
    }

    /**
     * The text with its variables filled in.
     *
     * @param forPeople whether messages stay as they are; in a hash they are templates, or every id would make a new issue
     */
    String expand(String text, boolean forPeople) {
        if (text.indexOf("{{") < 0) {
            return text;
        }
        var expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            int close = open < 0 ? -1 : text.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            expanded.append(text, at, open)
                    .append(cut(value(text.substring(open + 2, close).strip(), forPeople)));
            at = close + 2;
        }
        return expanded.append(text.substring(at)).toString();
    }

    private static String cut(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE);
    }

    private String value(String name, boolean forPeople) {
        if (name.startsWith("tags.")) {
            String tag = name.substring("tags.".length());
            return orNone(event.json().path("tags").path(tag).asString(""), "value-for-tag-" + tag);
        }
        return switch (name) {
            case "default" -> defaultHash.get();
            case "transaction" -> orNone(event.transaction(), name);
            case "message" -> orNone(message(forPeople), name);
            case "error.type", "type" -> orNone(main().map(ExceptionValue::type).orElse(""), "type");
            case "error.value", "value" ->
                orNone(text(main().map(ExceptionValue::value).orElse(""), forPeople), "value");
            case "stack.function", "function" ->
                orNone(ofFrame(frame -> frame.raw().function()), "function");
            case "stack.abs_path", "path" -> orNone(ofFrame(frame -> frame.raw().path()), "abs-path");
            case "stack.filename" -> orNone(ofFrame(frame -> frame.raw().file()), "filename");
            case "stack.module", "module" -> orNone(ofFrame(frame -> frame.raw().module()), "module");
            case "stack.package", "package" ->
                orNone(ofFrame(frame -> frame.raw().binary()), "package");
            case "level" -> event.level().wireName();
            case "logger" -> orNone(event.logger(), name);
            case "release" -> orNone(event.json().path("release").asString(""), name);
            case "environment" -> orNone(event.json().path("environment").asString(""), name);
            default -> "<unrecognized-variable-" + name.toLowerCase(Locale.ROOT) + ">";
        };
    }

    private static String orNone(String text, String name) {
        return text.isBlank() ? "<no-" + name + ">" : text;
    }

    private static String text(String text, boolean forPeople) {
        return forPeople ? text : MessageTemplate.of(text);
    }

    private String message(boolean forPeople) {
        String message =
                forPeople ? event.logEntry().formatted() : event.logEntry().template();
        return text(message.isBlank() ? main().map(ExceptionValue::value).orElse("") : message, forPeople);
    }

    private Optional<ExceptionValue> main() {
        return event.exceptions().main();
    }

    private interface Field {
        String of(GroupingFrame frame);
    }

    /** Of the frame of the program nearest to the crash; if there is none, of the nearest. */
    private String ofFrame(Field field) {
        GroupingFrame nearest = null;
        for (GroupingFrame frame : frames.reversed()) {
            if (frame.inApp().value()) {
                nearest = frame;
                break;
            }
        }
        GroupingFrame chosen = nearest == null ? last() : nearest;
        return chosen == null ? "" : field.of(chosen);
    }

    private @Nullable GroupingFrame last() {
        return frames.isEmpty() ? null : frames.getLast();
    }
}
