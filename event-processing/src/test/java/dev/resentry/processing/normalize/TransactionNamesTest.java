package dev.resentry.processing.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class TransactionNamesTest {

    @ParameterizedTest
    @CsvSource({
        "url, /orders/42/items, /orders/*/items, sanitized",
        "url, /u/9ec79c33-ec99-42ab-8353-589fcb2e04dc, /u/*, sanitized",
        "url, /f/da39a3ee5e6b4b0d3255bfef95601890afd80709, /f/*, sanitized",
        "url, /added/cafe/v2/2fa, /added/cafe/v2/2fa, url",
        "route, /orders/42, /orders/42, route",
        "'', /orders/42, /orders/42, unknown"
    })
    void idsInUrlsAreLeftOut(String source, String name, String expected, String expectedSource) {
        ObjectNode transaction = (ObjectNode) UntrustedJson.STRICT.tree(
                "{\"transaction\":\"%s\",\"transaction_info\":{\"source\":\"%s\"}}".formatted(name, source));

        TransactionNames.apply(transaction);

        assertThat(transaction.path("transaction").asString()).isEqualTo(expected);
        assertThat(transaction.at("/transaction_info/source").asString()).isEqualTo(expectedSource);
    }
}
