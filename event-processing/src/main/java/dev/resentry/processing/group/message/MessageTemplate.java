package dev.resentry.processing.group.message;

import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A message without what changes from one event to the next: ids, numbers, addresses, dates, quoted values. Two messages with the
 * same template say the same thing. One pass over the text, no regular expression; what a reader tries ends after a few hundred
 * characters.
 */
public final class MessageTemplate {
    private static final int MAX_LENGTH = 8 * 1024;

    private MessageTemplate() {}

    /** What becomes of quoted parts. */
    public enum Quotes {
        /** They are data. */
        REPLACED,
        /** They are names of the program, such as the attribute an object does not have. */
        KEPT
    }

    /** The template of the first two lines that hold something. */
    public static String of(String message) {
        return of(message, 2, Quotes.REPLACED);
    }

    /** The template of the first lines that hold something. */
    public static String of(String message, int lines, Quotes quotes) {
        String text = firstLines(message, lines);
        // A message that is nothing but a quoted value says only that.
        boolean onlyQuoted = text.length() > 2 && Tokens.quoted(text, 0) == text.length();
        return scan(text, quotes == Quotes.KEPT || onlyQuoted);
    }

    private static String firstLines(String message, int lines) {
        String head = message.substring(0, Math.min(message.length(), MAX_LENGTH));
        if (head.indexOf('\n') < 0 && head.indexOf('\r') < 0) {
            return head.strip();
        }
        return head.lines()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .limit(lines)
                .collect(Collectors.joining("\n"));
    }

    private static String scan(String text, boolean keepQuotes) {
        var out = new TemplateWriter(text.length());
        int i = 0;
        while (i < text.length()) {
            boolean boundary = i == 0 || text.charAt(i) == '=' || !Tokens.isWord(text.charAt(i - 1));
            Token token = boundary ? Tokens.at(text, i, keepQuotes) : null;
            if (token == null) {
                out.literal(text.charAt(i));
                i++;
            } else {
                out.token(token.text());
                i += token.length();
            }
        }
        return out.toString();
    }
}
