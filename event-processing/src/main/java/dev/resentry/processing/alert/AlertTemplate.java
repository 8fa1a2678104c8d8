package dev.resentry.processing.alert;

import java.util.List;
import java.util.Map;

/**
 * A template of a notification's subject or text: {@code {{ issue.title }}} is replaced by a value, which filters may change
 * ({@code {{ event.tags.browser | default:"unknown" | upper }}}), and {@code {% if event.release %}…{% else %}…{% endif %}} leaves
 * parts out. There is nothing else: no loops, no code. A value is plain text and never read as a template again; what a template
 * becomes is bounded, and holds no characters that control terminals or the direction of writing.
 */
public final class AlertTemplate {
    /** A text of more characters is cut. */
    public static final int MAX_TEXT = 20_000;

    /** A line of more characters is cut. */
    public static final int MAX_LINE = 500;

    private static final int MAX_VALUE = 5_000;

    private final List<TemplatePart> parts;

    AlertTemplate(List<TemplatePart> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws MalformedTemplateException if it has faults or names what there is not; it says where
     */
    public static AlertTemplate parse(String text) {
        return new TemplateParser(text).parse();
    }

    /** A text of several lines. What the values do not have is empty. */
    public String render(Map<String, String> values) {
        var out = new StringBuilder();
        write(parts, values, out);
        return PlainText.cut(PlainText.of(out), MAX_TEXT);
    }

    /** One line, such as a subject: the ends of lines become blanks. */
    public String renderLine(Map<String, String> values) {
        var out = new StringBuilder();
        write(parts, values, out);
        return PlainText.cut(PlainText.line(out), MAX_LINE);
    }

    private static void write(List<TemplatePart> parts, Map<String, String> values, StringBuilder out) {
        for (TemplatePart part : parts) {
            if (out.length() > MAX_TEXT) {
                return;
            }
            switch (part) {
                case TemplatePart.Text(String text) -> out.append(text);
                case TemplatePart.Output(TemplatePart.Value value, List<TemplateFilter> filters) -> {
                    String text = PlainText.cut(value.in(values), MAX_VALUE);
                    for (TemplateFilter filter : filters) {
                        text = filter.apply(text);
                    }
                    out.append(text);
                }
                case TemplatePart.Choice(
                        TemplatePart.Test test,
                        List<TemplatePart> then,
                        List<TemplatePart> otherwise) -> write(test.holds(values) ? then : otherwise, values, out);
            }
        }
    }
}
