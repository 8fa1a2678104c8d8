package dev.resentry.processing.title;

import dev.resentry.processing.group.Messages;
import dev.resentry.processing.group.Stacktraces;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an event is called in lists, and where it happened. */
public final class Title {
    private static final int MAX_TITLE = 256;
    private static final int MAX_CULPRIT = 200;
    private static final int MAX_MESSAGE = 1_000;

    private Title() {}

    /** {@code Type: first line of the value} of the exception thrown last; else the first line of the message. */
    public static String of(JsonNode event) {
        JsonNode exceptions = event.path("exception").path("values");
        String title;
        if (exceptions.isEmpty()) {
            title = firstLine(Messages.formatted(event));
        } else {
            JsonNode thrown = exceptions.get(exceptions.size() - 1);
            String type = thrown.path("type").asString("");
            String value = firstLine(thrown.path("value").asString(""));
            title = type.isEmpty() || value.isEmpty() ? type + value : type + ": " + value;
        }
        return title.isBlank() ? "<unlabeled event>" : cut(title, MAX_TITLE);
    }

    /** What the SDK says, else the frame of the program nearest to the crash, else the URL of the request. */
    public static @Nullable String culprit(JsonNode event) {
        for (String key : new String[] {"culprit", "transaction"}) {
            String said = event.path(key).asString("");
            if (!said.isBlank()) {
                return cut(said, MAX_CULPRIT);
            }
        }
        JsonNode frame = nearestFrame(Stacktraces.main(event));
        if (frame != null) {
            String unit = frame.path("module").asString("");
            String place = unit.isEmpty() ? frame.path("filename").asString("?") : unit;
            String function = frame.path("function").asString("");
            return cut(function.isEmpty() ? place : place + " in " + function, MAX_CULPRIT);
        }
        String url = event.path("request").path("url").asString("");
        return url.isEmpty() ? null : cut(url, MAX_CULPRIT);
    }

    /** The message as a person reads it, all its lines; null if there is none. */
    public static @Nullable String message(JsonNode event) {
        String text = Messages.formatted(event);
        return text.isBlank() ? null : cut(text, MAX_MESSAGE);
    }

    private static @Nullable JsonNode nearestFrame(JsonNode stacktrace) {
        JsonNode frames = stacktrace.path("frames");
        for (int i = frames.isArray() ? frames.size() - 1 : -1; i >= 0; i--) {
            if (frames.get(i).path("in_app").asBoolean(false)) {
                return frames.get(i);
            }
        }
        return frames.isArray() && !frames.isEmpty() ? frames.get(frames.size() - 1) : null;
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
