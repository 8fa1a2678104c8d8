package dev.resentry.processing.group.message;

import org.jspecify.annotations.Nullable;

/**
 * What a JavaScript engine says when a program fails, in one form: Chrome, Firefox and Safari have a text of their own for each
 * failure.
 *
 * @param kind what failed, the same in every engine
 * @param subject the name that the engines agree on, such as the function that is none; empty if they do not
 * @param type the class that the failure has in most engines; null if it is that of the exception
 */
public record EngineMessage(
        String kind, String subject, @Nullable String type) {
    private static final int MAX_LENGTH = 1_000;

    /** The failure that a text reports; null if it is not a text of an engine. */
    public static @Nullable EngineMessage of(String value) {
        String text = value.substring(0, Math.min(value.length(), MAX_LENGTH)).strip();
        for (String prefix : new String[] {"Uncaught ", "(in promise) ", "Unhandled Promise Rejection: "}) {
            text = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        }
        for (String type : new String[] {"TypeError: ", "ReferenceError: ", "RangeError: ", "SyntaxError: "}) {
            text = text.startsWith(type) ? text.substring(type.length()) : text;
        }
        EngineMessage message = text.contains("only a getter") ? null : property(text);
        message = message == null ? function(text) : message;
        message = message == null ? variable(text) : message;
        return message == null ? EnginePhrases.find(text) : message;
    }

    /** A property of null or undefined was asked for. */
    private static @Nullable EngineMessage property(String text) {
        if (text.startsWith("Cannot read propert") || text.startsWith("Cannot set propert")) {
            String reading = between(text, "(reading '", "'");
            String setting = between(text, "(setting '", "'");
            String older = between(text, "property '", "'");
            return missing(!reading.isEmpty() ? reading : !setting.isEmpty() ? setting : older);
        }
        if (text.startsWith("Cannot destructure property '")) {
            return missing(between(text, "property '", "'"));
        }
        if (text.startsWith("can't access property") || text.startsWith("can't access dead object")) {
            return missing(between(text, "\"", "\""));
        }
        if (text.startsWith("undefined is not an object") || text.startsWith("null is not an object")) {
            return missing(lastName(between(text, "evaluating '", "'")));
        }
        if (text.startsWith("Unable to get property") || text.startsWith("Unable to set property")) {
            return missing(between(text, "'", "'"));
        }
        if (text.endsWith(" is undefined") || text.endsWith(" is null")) {
            String subject = text.substring(0, text.lastIndexOf(" is "));
            return subject.indexOf(' ') < 0 || subject.endsWith(")") ? missing("") : null;
        }
        return null;
    }

    /** An index is data, and only some engines say it. */
    private static EngineMessage missing(String name) {
        String property = !name.isEmpty() && Tokens.isDigit(name.charAt(0)) ? "" : name;
        return new EngineMessage("property of null or undefined", property, "TypeError");
    }

    /** Something was called, iterated over or made that cannot be. */
    private static @Nullable EngineMessage function(String text) {
        if (text.startsWith("Object doesn't support property or method")) {
            return new EngineMessage("not a function", between(text, "'", "'"), "TypeError");
        }
        if (text.contains("is not a function") && text.contains(" near '")) {
            return new EngineMessage("not iterable", "", "TypeError");
        }
        int function = text.indexOf(" is not a function");
        if (function > 0) {
            return new EngineMessage("not a function", lastName(text.substring(0, function)), "TypeError");
        }
        int constructor = text.indexOf(" is not a constructor");
        if (constructor > 0) {
            return new EngineMessage("not a constructor", lastName(text.substring(0, constructor)), "TypeError");
        }
        if (text.contains("is not iterable")
                || text.contains("not iterable")
                || text.startsWith("Spread syntax requires")) {
            return new EngineMessage("not iterable", "", "TypeError");
        }
        return null;
    }

    private static @Nullable EngineMessage variable(String text) {
        if (text.startsWith("Can't find variable: ")) {
            return new EngineMessage("not defined", text.substring("Can't find variable: ".length()), "ReferenceError");
        }
        if (text.endsWith(" is not defined") && text.indexOf(' ') == text.length() - " is not defined".length()) {
            String name = text.substring(0, text.indexOf(' ')).replace("'", "").replace("\"", "");
            return new EngineMessage("not defined", name, "ReferenceError");
        }
        return null;
    }

    /** The last name of {@code cart.items.total}; empty for an expression, which the engines write differently. */
    private static String lastName(String expression) {
        String plain = expression.endsWith("()") ? expression.substring(0, expression.length() - 2) : expression;
        String name = plain.substring(plain.lastIndexOf('.') + 1);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Tokens.isWord(c) && c != '$' && c != '#') {
                return "";
            }
        }
        return name;
    }

    private static String between(String text, String open, String close) {
        int start = text.indexOf(open);
        int end = start < 0 ? -1 : text.indexOf(close, start + open.length());
        return end < 0 ? "" : text.substring(start + open.length(), end);
    }
}
