package dev.resentry.processing.alert;

import dev.resentry.processing.alert.TemplatePart.Choice;
import dev.resentry.processing.alert.TemplatePart.Named;
import dev.resentry.processing.alert.TemplatePart.Output;
import dev.resentry.processing.alert.TemplatePart.Quoted;
import dev.resentry.processing.alert.TemplatePart.Test;
import dev.resentry.processing.alert.TemplatePart.Text;
import dev.resentry.processing.alert.TemplatePart.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a template in one pass. Used once. */
final class TemplateParser {
    private static final int MAX_DEPTH = 10;
    private static final int MAX_PARTS = 500;
    private static final int MAX_FILTERS = 5;

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private List<TemplatePart> parts = new ArrayList<>();
    private int at;
    private int count;

    /** An {@code if} that has not ended, and what stood before it. */
    private static final class Open {
        private final int position;
        private final Test test;
        private final List<TemplatePart> before;
        private @Nullable List<TemplatePart> then;

        Open(int position, Test test, List<TemplatePart> before) {
            this.position = position;
            this.test = test;
            this.before = before;
        }
    }

    TemplateParser(String text) {
        this.text = text;
    }

    AlertTemplate parse() {
        while (at < text.length()) {
            int next = nextTag();
            if (next > at) {
                add(new Text(text.substring(at, next)));
            }
            at = next;
            if (at < text.length()) {
                int begin = at;
                boolean isOutput = text.charAt(at + 1) == '{';
                at += 2;
                if (isOutput) {
                    output(begin);
                } else {
                    tag(begin);
                }
            }
        }
        if (!open.isEmpty()) {
            throw wrong(open.pop().position, "{% if %} without {% endif %}");
        }
        return new AlertTemplate(parts);
    }

    private int nextTag() {
        for (int i = at; i + 1 < text.length(); i++) {
            if (text.charAt(i) == '{' && (text.charAt(i + 1) == '{' || text.charAt(i + 1) == '%')) {
                return i;
            }
        }
        return text.length();
    }

    private void output(int begin) {
        Value value = value();
        List<TemplateFilter> filters = new ArrayList<>();
        while (takes("|")) {
            if (filters.size() == MAX_FILTERS) {
                throw wrong(at, "more than %d filters".formatted(MAX_FILTERS));
            }
            filters.add(filter());
        }
        end("}}", begin);
        add(new Output(value, List.copyOf(filters)));
    }

    private void tag(int begin) {
        int position = blanks();
        String word = word();
        switch (word) {
            case "if" -> {
                Test test = test();
                end("%}", begin);
                if (open.size() == MAX_DEPTH) {
                    throw wrong(begin, "more than %d {%% if %%} inside each other".formatted(MAX_DEPTH));
                }
                open.push(new Open(begin, test, parts));
                parts = new ArrayList<>();
            }
            case "else" -> {
                end("%}", begin);
                Open current = open.peek();
                if (current == null || current.then != null) {
                    throw wrong(begin, "{% else %} without {% if %}");
                }
                current.then = parts;
                parts = new ArrayList<>();
            }
            case "endif" -> {
                end("%}", begin);
                Open current = open.poll();
                if (current == null) {
                    throw wrong(begin, "{% endif %} without {% if %}");
                }
                List<TemplatePart> then = current.then == null ? parts : current.then;
                List<TemplatePart> otherwise = current.then == null ? List.of() : parts;
                parts = current.before;
                add(new Choice(current.test, List.copyOf(then), List.copyOf(otherwise)));
            }
            default -> throw wrong(position, "'%s' (expected: if, else, endif)".formatted(word));
        }
    }

    /** {@code name}, {@code not name}, {@code name == value} or {@code name != value}. */
    private Test test() {
        int begin = blanks();
        boolean negated = word().equals("not");
        if (!negated) {
            at = begin;
        }
        Value value = value();
        if (negated) {
            return new Test(value, null, true);
        }
        if (takes("==")) {
            return new Test(value, value(), false);
        }
        return takes("!=") ? new Test(value, value(), true) : new Test(value, null, false);
    }

    private Value value() {
        int begin = blanks();
        if (begin < text.length() && text.charAt(begin) == '"') {
            return new Quoted(quoted());
        }
        String name = word();
        if (name.isEmpty()) {
            throw wrong(begin, "a name is missing");
        }
        if (!TemplateNames.contains(name)) {
            throw wrong(begin, "'%s' is not known (see the list of names)".formatted(PlainText.cut(name, 100)));
        }
        return new Named(name);
    }

    private TemplateFilter filter() {
        int begin = blanks();
        String name = word();
        return switch (name) {
            case "upper" -> new TemplateFilter.Upper();
            case "lower" -> new TemplateFilter.Lower();
            case "url" -> new TemplateFilter.Url();
            case "default" -> {
                argument(begin, "default:\"…\"");
                yield new TemplateFilter.Default(quoted());
            }
            case "truncate" -> {
                argument(begin, "truncate:50");
                yield new TemplateFilter.Truncate(length());
            }
            default ->
                throw wrong(
                        begin, "filter '%s' (expected: %s)".formatted(PlainText.cut(name, 100), TemplateFilter.NAMES));
        };
    }

    private void argument(int begin, String form) {
        if (!takes(":")) {
            throw wrong(begin, "the filter needs a value: " + form);
        }
        blanks();
    }

    private String quoted() {
        int begin = at;
        int end = begin < text.length() && text.charAt(begin) == '"' ? text.indexOf('"', begin + 1) : -1;
        if (end < 0) {
            throw wrong(begin, "expected: a text between \" and \"");
        }
        at = end + 1;
        return text.substring(begin + 1, end);
    }

    private int length() {
        int begin = at;
        while (at < text.length() && at - begin < 6 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int length = at == begin ? 0 : Integer.parseInt(text.substring(begin, at));
        if (length < 1 || length > AlertTemplate.MAX_TEXT) {
            throw wrong(begin, "expected: a number from 1 to %d".formatted(AlertTemplate.MAX_TEXT));
        }
        return length;
    }

    /** Letters, digits and what stands in the keys of tags. */
    private String word() {
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "._-/$@".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(begin, at);
    }

    private int blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private boolean takes(String sign) {
        blanks();
        boolean found = text.startsWith(sign, at);
        if (found) {
            at += sign.length();
        }
        return found;
    }

    private void end(String sign, int begin) {
        if (!takes(sign)) {
            throw at == text.length()
                    ? wrong(begin, "%s is not closed by %s".formatted(sign.equals("}}") ? "{{" : "{%", sign))
                    : wrong(at, "expected: %s".formatted(sign));
        }
    }

    private void add(TemplatePart part) {
        if (++count > MAX_PARTS) {
            throw wrong(Math.min(at, text.length()), "more than %d parts".formatted(MAX_PARTS));
        }
        parts.add(part);
    }

    private MalformedTemplateException wrong(int position, String problem) {
        return new MalformedTemplateException(text, position, problem);
    }
}
