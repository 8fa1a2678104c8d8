package dev.resentry.model.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The language, line by line in {@code search/grammar.txt}. */
class SearchGrammarTest {
    private static final String ARROW = " -> ";

    static Stream<String> lines() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(SearchGrammarTest.class.getResourceAsStream("/search/grammar.txt"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.contains(ARROW) && !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void reads(String line) {
        int arrow = line.indexOf(ARROW);
        String query = line.substring(0, arrow).replace("\\n", "\n").replace("<f>", "\uF00D");
        String expected = line.substring(arrow + ARROW.length());

        assertThat(outcome(query)).isEqualTo(expected);
    }

    private static String outcome(String query) {
        try {
            return SearchTree.show(SearchParser.parse(query));
        } catch (SearchFault fault) {
            return "fault %d: %s".formatted(fault.position(), fault.getMessage());
        }
    }

    @Test
    void saysWhereValuesAndTermsBegin() {
        var term = (SearchNode.Term) SearchParser.parse("  level:[a, \"b\"]");

        assertThat(term.position()).isEqualTo(2);
        assertThat(term.value().values()).extracting(SearchValue.One::position).containsExactly(9, 12);
    }

    @Test
    void boundsLengthTermsAndDepth() {
        assertThatThrownBy(() -> SearchParser.parse("x".repeat(5_000)))
                .isInstanceOf(SearchFault.class)
                .hasMessage("The query has 5000 characters, more than 4096");
        assertThat(SearchParser.parse("a:1 ".repeat(100))).isInstanceOf(SearchNode.And.class);
        assertThatThrownBy(() -> SearchParser.parse("a:1 ".repeat(101)))
                .hasMessage("A query has more than 100 terms, at character 401 (expected: fewer terms)");
        assertThat(SearchParser.parse("(".repeat(20) + "a:1" + ")".repeat(20))).isInstanceOf(SearchNode.Term.class);
        assertThatThrownBy(() -> SearchParser.parse("(".repeat(21) + "a:1" + ")".repeat(21)))
                .hasMessage(
                        "Parentheses and negations are more than 20 in each other, at character 21 (expected: fewer of"
                                + " them)");
        assertThatThrownBy(() -> SearchParser.parse("NOT ".repeat(1_000) + "a:1"))
                .hasMessageStartingWith("Parentheses and negations are more than 20 in each other");
    }

    @Test
    void refusesWhatNoTextCanHold() {
        assertThatThrownBy(() -> SearchParser.parse("a\0b"))
                .hasMessage("The query has a character that no text can hold, at character 2");
        assertThatThrownBy(() -> SearchParser.parse("a\uD83D")).isInstanceOf(SearchFault.class);
        assertThat(SearchTree.show(SearchParser.parse("\uD83D\uDE00"))).isEqualTo("text '\uD83D\uDE00'");
    }
}
