package dev.resentry.processing.group.message;

import dev.resentry.processing.group.message.MessageTemplate.Quotes;
import java.util.ArrayDeque;
import java.util.Deque;

/** Templates of the few messages of one event, each made once. Not safe to share between threads. */
public final class TemplateCache {
    private static final int MAX = 8;

    /** The last ones; an event asks for the same one directly after the other or not at all. */
    private final Deque<Made> templates = new ArrayDeque<>(MAX);

    private record Made(String message, int lines, Quotes quotes, String template) {
        boolean isOf(String other, int otherLines, Quotes otherQuotes) {
            return lines == otherLines && quotes == otherQuotes && message.equals(other);
        }
    }

    /** The template of a message, as {@link MessageTemplate} makes it. */
    public String of(String message, int lines, Quotes quotes) {
        for (Made made : templates) {
            if (made.isOf(message, lines, quotes)) {
                return made.template();
            }
        }
        if (templates.size() == MAX) {
            templates.removeLast();
        }
        String template = MessageTemplate.of(message, lines, quotes);
        templates.addFirst(new Made(message, lines, quotes, template));
        return template;
    }
}
