package dev.resentry.processing.normalize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fills parameters into the template of a message: printf style ({@code %s}, {@code %2$d}, {@code %(name)s}) if the template has one
 * such place, else braces ({@code {}}, {@code {0}}, {@code {name}}). A place without a parameter stays as it is.
 */
final class MessageParameters {
    private static final String CONVERSIONS = "sdiufFeEgGxXocrapqvtT@";
    private static final int MAX_LENGTH = 16_384;
    private static final int MAX_NAME = 200;
    private static final double LARGEST_ROUNDED = 1e15;

    private final String template;
    private final JsonNode params;
    private final StringBuilder filled = new StringBuilder();
    private int next;

    private MessageParameters(String template, JsonNode params) {
        this.template = template;
        this.params = params;
    }

    /** The message with its parameters: a list of values, or an object of named ones. */
    static String fill(String template, JsonNode params) {
        if (!params.isContainer() || params.isEmpty()) {
            return template;
        }
        var message = new MessageParameters(template, params);
        boolean isPrintf = false;
        for (int at = template.indexOf('%'); at >= 0 && !isPrintf; at = template.indexOf('%', at + 1)) {
            isPrintf = directive(template, at) != null;
        }
        return isPrintf ? message.printf() : message.braces();
    }

    /**
     * A place in a printf template.
     *
     * @param name of the parameter, empty for the next one; a number with a dollar counts from one
     * @param precision how many decimals; negative for as many as there are
     */
    private record Directive(int end, String name, int precision, char conversion) {}

    private static @Nullable Directive directive(String text, int percent) {
        int at = percent + 1;
        String name = "";
        if (at < text.length() && text.charAt(at) == '(') {
            int close = text.indexOf(')', at, Math.min(text.length(), at + MAX_NAME));
            if (close < 0) {
                return null;
            }
            name = text.substring(at + 1, close);
            at = close + 1;
        }
        int digits = digits(text, at);
        if (digits > at && digits < text.length() && text.charAt(digits) == '$') {
            name = text.substring(at, digits + 1);
            at = digits + 1;
        }
        while (at < text.length() && "-+#0".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        at = digits(text, at);
        int precision = -1;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            precision = end == at + 2 ? text.charAt(at + 1) - '0' : -1;
            at = end;
        }
        while (at < text.length() && "lhzL".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() && CONVERSIONS.indexOf(text.charAt(at)) >= 0
                ? new Directive(at + 1, name, precision, text.charAt(at))
                : null;
    }

    /** Where the digits end; there are few, so that a long row of them is looked at once. */
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && at < from + 6 && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private String printf() {
        int at = 0;
        while (at < template.length() && filled.length() < MAX_LENGTH) {
            char c = template.charAt(at);
            if (c == '%' && template.startsWith("%%", at)) {
                filled.append('%');
                at += 2;
                continue;
            }
            Directive directive = c == '%' ? directive(template, at) : null;
            JsonNode value = directive == null ? null : parameter(directive.name());
            if (directive == null || value == null) {
                filled.append(c);
                at++;
            } else {
                filled.append(converted(value, directive));
                at = directive.end();
            }
        }
        return filled.append(template, at, template.length()).toString();
    }

    private String braces() {
        int at = 0;
        while (at < template.length() && filled.length() < MAX_LENGTH) {
            int open = template.indexOf('{', at);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) {
                break;
            }
            // The innermost brace in front of the closing one.
            open = template.lastIndexOf('{', close);
            filled.append(template, at, open);
            String name = nameOf(template.substring(open + 1, close));
            JsonNode value = name == null ? null : parameter(name);
            filled.append(value == null ? template.substring(open, close + 1) : shown(value));
            at = close + 1;
        }
        return filled.append(template, at, template.length()).toString();
    }

    /** Without the format that some languages write behind it; null if it is no name, as in JSON. */
    private static @Nullable String nameOf(String place) {
        String name = place.strip();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ':' || c == ',' || c == '!') {
                return name.substring(0, i);
            }
            if (!Character.isLetterOrDigit(c) && "_.@$-".indexOf(c) < 0) {
                return null;
            }
        }
        return name;
    }

    /** Lists are taken in order, whatever their places are called, but for numbers. */
    private @Nullable JsonNode parameter(String name) {
        if (params.isObject()) {
            return params.get(name);
        }
        boolean isCounted = name.endsWith("$");
        String number = isCounted ? name.substring(0, name.length() - 1) : name;
        boolean isNumber = !number.isEmpty() && number.length() < 6 && digits(number, 0) == number.length();
        return params.get(isNumber ? Integer.parseInt(number) - (isCounted ? 1 : 0) : next++);
    }

    private static String converted(JsonNode value, Directive directive) {
        if (value.isNumber() && directive.precision() >= 0 && "fF".indexOf(directive.conversion()) >= 0) {
            double number = value.asDouble(Double.NaN);
            if (Math.abs(number) < LARGEST_ROUNDED) {
                return String.format(Locale.ROOT, "%." + directive.precision() + "f", number);
            }
        }
        if (value.isIntegralNumber() && value.canConvertToLong() && "xX".indexOf(directive.conversion()) >= 0) {
            String hex = Long.toHexString(value.asLong());
            return directive.conversion() == 'X' ? hex.toUpperCase(Locale.ROOT) : hex;
        }
        return shown(value);
    }

    private static String shown(JsonNode value) {
        String text = value.isNull() ? "null" : Texts.read(value);
        return text == null ? value.toString() : text;
    }
}
