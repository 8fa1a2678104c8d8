package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final String EVENT = """
            {"platform":"python","level":"warning","logger":"shop","transaction":"GET /cart","release":"shop@1","environment":"live",
             "tags":{"shop":"berlin"},"logentry":{"message":"cart %%s","formatted":"cart 7"},"fingerprint":[%s],
             "exception":[{"type":"ValueError","value":"item 17","stacktrace":{"frames":[
               {"module":"shop.cart","function":"pay","filename":"shop/cart.py","abs_path":"/srv/shop/cart.py","package":"shop","in_app":true},
               {"module":"lib","function":"call","in_app":false}]}}]}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ transaction }} | GET /cart",
                "{{transaction}} | GET /cart",
                "{{ message }} | cart %s",
                "{{ error.type }} | ValueError",
                "{{ type }} | ValueError",
                "{{ error.value }} | item <num>",
                "{{ value }} | item <num>",
                "{{ stack.function }} | pay",
                "{{ function }} | pay",
                "{{ stack.abs_path }} | /srv/shop/cart.py",
                "{{ path }} | /srv/shop/cart.py",
                "{{ stack.filename }} | shop/cart.py",
                "{{ stack.module }} | shop.cart",
                "{{ module }} | shop.cart",
                "{{ stack.package }} | shop",
                "{{ package }} | shop",
                "{{ level }} | warning",
                "{{ logger }} | shop",
                "{{ release }} | shop@1",
                "{{ environment }} | live",
                "{{ tags.shop }} | berlin",
                "{{ tags.other }} | <no-value-for-tag-other>",
                "{{ colour }} | <unrecognized-variable-colour>",
                "pay-{{ tags.shop }}-x | pay-berlin-x",
                "{{ open | {{ open"
            })
    void variablesAreFilledIn(String sent, String filled) {
        assertThat(texts("\"" + sent + "\"")).containsExactly("(fingerprint", "value", filled, ")");
    }

    @Test
    void whatTheEventDoesNotHaveIsNamed() {
        var result = SentEvent.ofJson("{\"fingerprint\":[\"{{ type }}\",\"{{ function }}\",\"{{ message }}\"]}")
                .grouped();

        assertThat(result.explanation().hashedTexts()).contains("<no-type>", "<no-function>", "<no-message>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "\"\"",
                "\" \"",
                "null, \"\"",
                "\"{{ default }}\"",
                "\"{{default}}\"",
                "\"{{  default  }}\", null"
            })
    void emptyAndDefaultFingerprintsAreNone(String sent) {
        assertThat(texts(sent)).isEqualTo(texts("\"{{ default }}\"")).startsWith("(exception");
    }

    @Test
    void theDefaultIsJoinedByOtherValues() {
        String hybrid = "\"{{ default }}\", \"x\"";

        assertThat(texts(hybrid)).startsWith("(fingerprint", "(exception").endsWith("value", "x", ")");
        assertThat(SentEvent.ofJson(EVENT.formatted(hybrid)).hash())
                .isNotEqualTo(SentEvent.ofJson(EVENT.formatted(hybrid).replace("pay", "refund"))
                        .hash());
        assertThat(SentEvent.ofJson(EVENT.formatted(hybrid)).grouped().secondary())
                .isNull();
    }

    @Test
    void valuesDoNotRunIntoOneAnother() {
        assertThat(SentEvent.ofJson(EVENT.formatted("\"ab\",\"c\"")).hash())
                .isNotEqualTo(SentEvent.ofJson(EVENT.formatted("\"a\",\"bc\"")).hash());
    }

    private static List<String> texts(String fingerprint) {
        return SentEvent.ofJson(EVENT.formatted(fingerprint))
                .grouped()
                .explanation()
                .hashedTexts();
    }
}
