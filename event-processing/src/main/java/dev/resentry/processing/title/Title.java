package dev.resentry.processing.title;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Frame;
import dev.resentry.processing.group.GroupingResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event is called in lists. */
public final class Title {
    private static final int MAX_TITLE = 256;
    private static final int MAX_MESSAGE = 1_000;

    private Title() {}

    /** The title that a rule of the project gives, else that of the event. */
    public static String of(Event event, GroupingResult grouping) {
        String byRule = grouping.titleByRule();
        return byRule == null || byRule.isBlank() ? of(event) : cut(firstLine(byRule), MAX_TITLE);
    }

    /**
     * {@code Type: first line of the value} of the exception that tells what happened: the one thrown last, of a group with one member
     * that one. Without exceptions the first line of the message; of a security report what was blocked.
     */
    public static String of(Event event) {
        String title = event.exceptions().main().map(main -> of(event, main)).orElse("");
        title = title.isBlank() ? firstLine(event.logEntry().formatted()) : title;
        title = title.isBlank() ? SecurityTitle.of(event.json()) : title;
        return title.isBlank() ? "<unlabeled event>" : cut(title, MAX_TITLE);
    }

    private static String of(Event event, ExceptionValue exception) {
        String type = exception.isSynthetic() ? "" : exception.type();
        String value = firstLine(exception.value());
        if (type.isBlank()) {
            Optional<Frame> frame = Culprit.frame(event);
            String function = frame.map(Frame::function).orElse("");
            // Of an exception that the SDK made up, the place says more than the type.
            return !function.isBlank() && exception.isSynthetic()
                    ? function
                    : exception.isSynthetic() && value.isEmpty() ? exception.type() : value;
        }
        return value.isEmpty() ? type : type + ": " + value;
    }

    /** Where the event happened, at most 200 characters; null if nothing says it. */
    public static @Nullable String culprit(Event event) {
        return Culprit.of(event);
    }

    /** The message as a person reads it, all its lines; null if there is none. */
    public static @Nullable String message(Event event) {
        String text = event.logEntry().formatted();
        return text.isBlank() ? null : cut(text, MAX_MESSAGE);
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        // Not between the two halves of one character.
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
