package dev.resentry.model.project;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugTest {

    @ParameterizedTest
    @CsvSource({
        "Shop, shop",
        "Café Zürich!, cafe-zurich",
        "'  --a__b--  ', a__b",
        "東京, project",
        "'_', project",
        "a/b\\c, a-b-c",
        "İstanbul, istanbul"
    })
    void looksLikeTheName(String name, String slug) {
        assertThat(Slug.of(name)).isEqualTo(slug).matches(Slug.PATTERN);
    }

    @ParameterizedTest
    @CsvSource({"49", "50", "51", "200"})
    void isNeverTooLong(int length) {
        assertThat(Slug.of("a".repeat(length - 1) + "-")).matches(Slug.PATTERN);
        assertThat(Slug.of("-" + "ab ".repeat(length))).matches(Slug.PATTERN);
    }
}
