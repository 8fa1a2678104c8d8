package dev.resentry.processing.scrub.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.testsupport.size.TestSize;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a look at single characters rules out is never there. The number of the repetition is the seed of its random input. */
class TextFeaturesTest {
    private static final int ROUNDS = TestSize.of(10_000, 500_000);
    private static final int ALL = SecretKind.bits(EnumSet.allOf(SecretKind.class));
    private static final SensitiveKeys KEYS = new SensitiveKeys(List.of("note"), List.of());

    /** Texts in which something is found, and what is found in them. */
    private static final List<String> SECRETS = List.of(
            "password=hunter2",
            "{\"token\":\"abc\"}",
            "<password>x</password>",
            "--password hunter2",
            "note%3Dx",
            "4111111111111111",
            "4111 1111 1111 1111",
            "36700102000000",
            "DE89370400440532013000",
            "078-05-1120",
            "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----",
            "https://ann:pw@example.com",
            "https%3A%2F%2Fann%3Apw%40example.com",
            "/home/ann/x",
            "C:\\Users\\ann\\x",
            "Bearer abcdefghijklmnopqrst",
            "Basic YTpi",
            "BEARER%20abcdefgh1",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_1",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_abcdefghijklmnopqrstuvwxyzabcdefghij",
            "glpat-abcdefghijklmnop",
            "sk-proj-abcdef1234567890ABCDEF",
            "xoxb-1234567890",
            "jane@example.com",
            "jane%40example.com",
            "203.0.113.9",
            "2001:db8::7",
            "00:1B:44:11:3A:B7",
            "123e4567-e89b-12d3-a456-426614174000");

    private static final String[] PIECES = {
        " ", " ", "\n", "\"", "\\", "\\n", "\\u0041", "{", "[", "(", "=", ":", ":=", "=>", "&", ",", "<", ">", "/", "-",
        "--", "_", "@", "%", "%40", "%3D", "%3A", "%20", "%25", "b", "B", "x", "word", "1", "12", ".", "é", "💩",
        "\u0000"
    };

    @RepeatedTest(10)
    void nothingIsFoundThatWasRuledOut(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(random);
            boolean cookies = random.nextInt(8) == 0;

            assertThat(found(text, TextScan.possible(text, ALL), cookies))
                    .as(text)
                    .isEqualTo(found(text, ALL, cookies));
        }
    }

    /** Otherwise the property above could hold without anything being found. */
    @ParameterizedTest
    @EnumSource
    void everyKindIsAmongTheInput(SecretKind kind) {
        assertThat(SECRETS)
                .anySatisfy(text -> assertThat(found(text, ALL, false)).anyMatch(found -> found.kind() == kind));
    }

    @Test
    void manyTextsAreRuledOut() {
        assertThat(List.of("an ordinary sentence", "findAll", "    return rules.apply(order);", "GET", "north"))
                .allMatch(text -> TextScan.possible(text, SecretKind.bits(SecretKind.DEFAULT)) == 0);
    }

    /** Counts of signs are kept in few bits. */
    @Test
    void longTextsAreCountedWhole() {
        String text = "-".repeat(70_000) + "0".repeat(65_536) + " jane@example.com";

        assertThat(TextScan.possible(text, ALL) & SecretKind.SSN.bit()).isNotZero();
        assertThat(TextScan.possible("x".repeat(65_535) + "@", ALL) & SecretKind.EMAIL.bit())
                .isNotZero();
        assertThat(TextScan.possible("0".repeat(65_536), ALL) & SecretKind.CARD.bit())
                .isNotZero();
    }

    private record Match(SecretKind kind, int start, int end, String quote) {}

    private static List<Match> found(String text, int kinds, boolean cookies) {
        List<Match> found = new ArrayList<>();
        TextScan.runOnlyFor(
                kinds, text, cookies, KEYS, (kind, start, end, quote) -> found.add(new Match(kind, start, end, quote)));
        return found;
    }

    /** Few pieces, so that the signs of a secret are often the only ones; with parts of secrets, which are nearly some. */
    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String secret = SECRETS.get(random.nextInt(SECRETS.size()));
            switch (random.nextInt(4)) {
                case 0 -> text.append(secret);
                case 1 -> text.append(secret, random.nextInt(secret.length()), secret.length());
                default -> text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
