package dev.resentry.processing.group.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Matching beside the same pattern as a regular expression. The number of the repetition is the seed of its random input. */
class GlobTest {
    private static final int ROUNDS = 10_000;

    @RepeatedTest(10)
    void aTextMatchesAsItDoesByAnExpression(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            String pattern = word(random, "ab*?", 6);
            String text = word(random, "abc", 8);
            String expression = pattern.replace("*", ".*").replace("?", ".");

            assertThat(Glob.text(pattern).matches(text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(Pattern.matches(expression, text));
        }
    }

    @RepeatedTest(10)
    void aPathMatchesAsItDoesByAnExpression(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            String pattern = word(random, "aB*?/\\", 6);
            String path = word(random, "ab/\\", 8);
            String expression = pattern.replace('\\', '/')
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\*\\*+", "+")
                    .replace("*", "[^/]*")
                    .replace("+", ".*")
                    .replace("?", "[^/]");
            String plain = path.replace('\\', '/');

            assertThat(Glob.path(pattern).matches(path))
                    .as("%s on %s", pattern, path)
                    .isEqualTo(Pattern.matches(expression, plain)
                            || (!plain.startsWith("/") && Pattern.matches(expression, "/" + plain)));
        }
    }

    private static String word(Random random, String letters, int max) {
        var word = new StringBuilder();
        for (int i = random.nextInt(max); i >= 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
