package dev.resentry.processing.group.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.testsupport.size.TestSize;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A word that is passed over is no value to any reader. The number of the repetition is the seed of its random input. */
class PlainWordsTest {
    private static final int ROUNDS = TestSize.of(20_000, 1_000_000);

    private static final String[] PIECES = {
        " ",
        " ",
        " ",
        ",",
        "\n",
        ".",
        ":",
        "::",
        "://",
        "-",
        "_",
        "@",
        "/",
        "\\",
        "=",
        "[",
        "]",
        "(",
        "#",
        "%",
        "+",
        "0",
        "7",
        "12",
        "2026",
        "0x",
        "a",
        "an",
        "deadbeef",
        "dead",
        "eyJ",
        "eyJhbGciOiJIUzI1NiIsInR5cCI",
        "arn:",
        "may",
        "Mon",
        "november",
        "GMT",
        "localhost",
        "http",
        "com",
        "error",
        "order",
        "SQLSTATE",
        "HY000",
        "datetime.",
        "abcdefabcdefabcdefabcdefabcdefabcdef",
        "é",
        "ORA"
    };

    @RepeatedTest(10)
    void aPlainWordIsNoValue(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(random);
            for (int at = 0; at < text.length(); at++) {
                boolean begins = Tokens.isWord(text.charAt(at)) && (at == 0 || !Tokens.isWord(text.charAt(at - 1)));
                if (begins && Tokens.isPlainWord(text, at)) {
                    assertThat(written(text, at)).as("%s at %d", text, at).isEqualTo(text.substring(at, end(text, at)));
                }
            }
        }
    }

    @Test
    void mostWordsArePlain() {
        String text = "the shelf of order is empty";

        assertThat(Tokens.isPlainWord(text, 0)).isTrue();
        assertThat(Tokens.isPlainWord(text, text.indexOf("order"))).isTrue();
        assertThat(Tokens.isPlainWord(text, text.indexOf("empty"))).isTrue();
    }

    /** What the readers of values make of what begins at a place. */
    private static String written(String text, int at) {
        Token token = Tokens.tokenOf(text, at);
        return token == null ? text.substring(at, end(text, at)) : token.text();
    }

    private static int end(String text, int at) {
        return Tokens.wordEnd(text, at);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
