package dev.resentry.processing.title;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktraces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event is called in lists, and where it happened. */
public final class Title {
    private static final int MAX_TITLE = 256;
    private static final int MAX_CULPRIT = 200;
    private static final int MAX_MESSAGE = 1_000;

    private Title() {}

    /** {@code Type: first line of the value} of the exception thrown last; else the first line of the message. */
    public static String of(Event event) {
        String title = event.exceptions()
                .thrown()
                .map(Title::of)
                .orElseGet(() -> firstLine(event.logEntry().formatted()));
        return title.isBlank() ? "<unlabeled event>" : cut(title, MAX_TITLE);
    }

    private static String of(ExceptionValue thrown) {
        String type = thrown.type();
        String value = firstLine(thrown.value());
        return type.isEmpty() || value.isEmpty() ? type + value : type + ": " + value;
    }

    /** What the SDK says, else the frame of the program nearest to the crash, else the URL of the request. */
    public static @Nullable String culprit(Event event) {
        String stated = event.culprit().isBlank() ? event.transaction() : event.culprit();
        if (!stated.isBlank()) {
            return cut(stated, MAX_CULPRIT);
        }
        Optional<Frame> frame = Stacktraces.main(event).nearestFrame();
        if (frame.isPresent()) {
            return cut(place(frame.get()), MAX_CULPRIT);
        }
        String url = event.request().url();
        return url.isEmpty() ? null : cut(url, MAX_CULPRIT);
    }

    /** The message as a person reads it, all its lines; null if there is none. */
    public static @Nullable String message(Event event) {
        String text = event.logEntry().formatted();
        return text.isBlank() ? null : cut(text, MAX_MESSAGE);
    }

    private static String place(Frame frame) {
        String unit = frame.module().isEmpty() ? frame.filename() : frame.module();
        String place = unit.isEmpty() ? "?" : unit;
        return frame.function().isEmpty() ? place : place + " in " + frame.function();
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
