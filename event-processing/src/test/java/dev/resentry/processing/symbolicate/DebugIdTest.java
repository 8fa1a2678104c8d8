package dev.resentry.processing.symbolicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debug ids in the spellings of tools. */
class DebugIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "85314830-023f-4cf1-a267-535f4e37bb17",
                "85314830023F4CF1A267535F4E37BB17",
                " 85314830-023f-4cf1-a267-535f4e37bb17\t",
                "85314830-023f-4cf1-a267-535f4e37bb17-1",
                "85314830023F4CF1A267535F4E37BB170000001A"
            })
    void isReadInEverySpelling(String text) {
        assertThat(DebugId.parse(text)).hasValue(UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "85314830-023f-4cf1-a267-535f4e37bb1",
                "85314830-023f-4cf1-a267-535f4e37bb17-123456789",
                "+5314830-023f-4cf1-+267-535f4e37bb17",
                "85314830-023f-4cf1-a267-535f4e37bb17-xyz",
                "8531483g-023f-4cf1-a267-535f4e37bb17"
            })
    void isNothingElse(String text) {
        assertThat(DebugId.parse(text)).isEmpty();
    }
}
