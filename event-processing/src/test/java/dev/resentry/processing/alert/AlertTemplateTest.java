package dev.resentry.processing.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates become, also of hostile values. */
class AlertTemplateTest {
    private static final Map<String, String> VALUES = Map.of(
            "issue.title", "no cart",
            "issue.level", "error",
            "event.tags.browser", "Firefox 140",
            "event.tags.a/b.c-d", "deep");

    private static String render(String template) {
        return AlertTemplate.parse(template).render(VALUES);
    }

    private static String withTitle(String title) {
        return AlertTemplate.parse("[{{ issue.title }}]").render(Map.of("issue.title", title));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '!', textBlock = """
            plain { text } %} }}~plain { text } %} }}
            {{ issue.title }}~no cart
            {{issue.title}}~no cart
            {{ event.tags.browser | upper }}~FIREFOX 140
            {{ event.tags.a/b.c-d }}~deep
            {{ event.tags.gone | default:"none at all" }}~none at all
            {{ event.tags.browser | truncate:5 | lower }}~fire…
            https://x/?q={{ issue.title | url }}~https://x/?q=no%20cart
            {{ "{{" }} as it stands~{{ as it stands
            {% if event.release %}in {{ event.release }}{% else %}somewhere{% endif %}~somewhere
            {% if issue.title %}{% if not event.release %}both{% endif %}{% endif %}~both
            {% if issue.level == "error" %}bad{% endif %}{% if issue.level != "error" %}good{% endif %}~bad""")
    void aTemplateBecomesText(String template, String text) {
        assertThat(render(template)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '!', textBlock = """
            {{ issue.titel }}~line 1, column 4: 'issue.titel' is not known
            {{ event.tags. }}~line 1, column 4: 'event.tags.' is not known
            {{ }}~line 1, column 4: a name is missing
            {{ issue.title~line 1, column 1: {{ is not closed by }}
            {{ issue.title + 1 }}~line 1, column 16: expected: }}
            {{ issue.title | shout }}~line 1, column 18: filter 'shout' (expected: default, lower, truncate, upper, url)
            {{ issue.title | truncate }}~line 1, column 18: the filter needs a value: truncate:50
            {{ issue.title | truncate:0 }}~line 1, column 27: expected: a number from 1 to 20000
            {{ issue.title | default:x }}~line 1, column 26: expected: a text between " and "
            {% for x %}~line 1, column 4: 'for' (expected: if, else, endif)
            {% if issue.title %}~line 1, column 1: {% if %} without {% endif %}
            {% endif %}~line 1, column 1: {% endif %} without {% if %}
            {% if issue.title %}{% else %}{% else %}{% endif %}~line 1, column 31: {% else %} without {% if %}""")
    void aFaultIsNamedWithItsPlace(String template, String message) {
        assertThatExceptionOfType(MalformedTemplateException.class)
                .isThrownBy(() -> AlertTemplate.parse(template))
                .withMessageStartingWith(message);
    }

    @Test
    void thePlaceOfAFaultIsItsLineAndColumn() {
        assertThatExceptionOfType(MalformedTemplateException.class)
                .isThrownBy(() -> AlertTemplate.parse("one\ntwo {{ x }}"))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2))
                .satisfies(e -> assertThat(e.column()).isEqualTo(8));
    }

    @Test
    void aTemplateIsBounded() {
        assertThatExceptionOfType(MalformedTemplateException.class)
                .isThrownBy(() -> AlertTemplate.parse("{% if issue.title %}".repeat(11) + "{% endif %}".repeat(11)))
                .withMessageContaining("more than 10 {% if %} inside each other");
        assertThatExceptionOfType(MalformedTemplateException.class)
                .isThrownBy(() -> AlertTemplate.parse("{{ issue.title }}".repeat(501)))
                .withMessageContaining("more than 500 parts");
        assertThatExceptionOfType(MalformedTemplateException.class)
                .isThrownBy(() -> AlertTemplate.parse("{{ issue.title " + "| upper ".repeat(6) + "}}"))
                .withMessageContaining("more than 5 filters");
    }

    @Test
    void valuesAreNoTemplates() {
        assertThat(withTitle("{{ event.user.email }}{% if x %}")).isEqualTo("[{{ event.user.email }}{% if x %}]");
    }

    @Test
    void aLineHasNoEndsOfLines() {
        assertThat(AlertTemplate.parse("{{ issue.title }}\n!")
                        .renderLine(Map.of("issue.title", "a\r\nBcc: x@example.org\u2028b\u0085c\u000Bd\te")))
                .isEqualTo("a Bcc: x@example.org b c d e !");
    }

    @Test
    void whatControlsTerminalsAndDirectionIsLeftOut() {
        assertThat(withTitle("a\u0000b\u001B[31mc\u202Ed\u2066e\u200Ff\uFEFFg\u009Bh"))
                .isEqualTo("[ab[31mcdefgh]");
        assertThat(withTitle("two\nlines\tand\rmore")).isEqualTo("[two\nlines\tand\nmore]");
        assertThat(withTitle("half \uD83D gone, \uD83D\uDE00 whole"))
                .isEqualTo("[half \uFFFD gone, \uD83D\uDE00 whole]");
    }

    @Test
    void whatItBecomesIsBounded() {
        String megabyte = "\uD83D\uDE00".repeat(500_000);

        assertThat(withTitle(megabyte)).hasSizeLessThan(5_010).endsWith("…]").doesNotContain("\uFFFD");
        assertThat(AlertTemplate.parse("{{ issue.title | url }}".repeat(100)).render(Map.of("issue.title", megabyte)))
                .hasSizeLessThanOrEqualTo(AlertTemplate.MAX_TEXT)
                .endsWith("…");
        assertThat(AlertTemplate.parse("{{ issue.title }}").renderLine(Map.of("issue.title", megabyte)))
                .hasSizeLessThanOrEqualTo(AlertTemplate.MAX_LINE)
                .doesNotContain("\uFFFD");
    }

    @Test
    void everyNameHasAnExampleOrIsKnown() {
        assertThat(AlertValues.example().keySet())
                .allSatisfy(name -> assertThat(TemplateNames.contains(name)).isTrue());
        assertThat(TemplateNames.ALL)
                .allSatisfy(name ->
                        assertThat(AlertTemplate.parse("{{ " + name + " }}")).isNotNull());
    }
}
