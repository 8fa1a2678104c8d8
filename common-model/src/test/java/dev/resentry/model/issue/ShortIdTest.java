package dev.resentry.model.issue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortIdTest {
    @ParameterizedTest
    @CsvSource({
        "web, 42, WEB-1A",
        "shop-api, 1, SHOP-API-1",
        "web, 0, WEB-0",
        "web, 9223372036854775807, WEB-7ZZZZZZZZZZZZ"
    })
    void isTheSlugAndTheIdInLettersThatAreNotMistakenForDigits(String slug, long id, String shown) {
        var shortId = new ShortId(slug, id);

        assertThat(shortId).hasToString(shown);
        assertThat(ShortId.parse(shown)).contains(shortId);
        assertThat(ShortId.parse(shown.toLowerCase(java.util.Locale.ROOT))).contains(shortId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WEB", "-1A", "WEB-", "WEB-1O", "WEB-1 A", "WEB-ZZZZZZZZZZZZZ", "WEB-11111111111111"})
    void isNothingElse(String text) {
        assertThat(ShortId.parse(text)).isEmpty();
    }

    @Test
    void hasNoLetterThatLooksLikeADigit() {
        for (long id = 0; id < 2_000; id++) {
            assertThat(new ShortId("9", id).toString()).doesNotContainPattern("[ILOU]");
        }
    }
}
