package dev.resentry.processing.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerGroupingTest {
    private static final String STACK =
            "{\"exception\":{\"type\":\"E\",\"value\":\"%s\",\"stacktrace\":{\"frames\":[%s]}}}";
    private static final String APP = "{\"module\":\"shop.Cart\",\"function\":\"pay\",\"lineno\":%d,\"in_app\":true}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "line numbers | {\"module\":\"a\",\"function\":\"f\",\"lineno\":1} | {\"module\":\"a\",\"function\":\"f\",\"lineno\":2}",
                "recursion | {\"module\":\"a\",\"function\":\"f\"} | {\"module\":\"a\",\"function\":\"f\"},{\"module\":\"a\",\"function\":\"f\"}",
                "lambda numbers | {\"module\":\"a\",\"function\":\"lambda$x$1\"} | {\"module\":\"a\",\"function\":\"lambda$x$2\"}",
                "proxies | {\"module\":\"a.B$$Lambda/0x1\",\"function\":\"f\"} | {\"module\":\"a.B$$Lambda/0x2\",\"function\":\"f\"}",
                "accessors | {\"module\":\"x.GeneratedMethodAccessor1\",\"function\":\"f\"} | {\"module\":\"x.GeneratedMethodAccessor22\",\"function\":\"f\"}",
                "directories | {\"filename\":\"/one/app.js\",\"function\":\"f\"} | {\"filename\":\"/two/App.js?v=2\",\"function\":\"f\"}"
            })
    void doNotSplitAnIssue(String what, String oneFrame, String otherFrame) {
        assertThat(hash(STACK.formatted("v", oneFrame))).isEqualTo(hash(STACK.formatted("other value", otherFrame)));
    }

    @Test
    void inAppFramesDecideIfThereAreAny() {
        String one = STACK.formatted("v", "{\"module\":\"lib.A\",\"function\":\"x\"}," + APP.formatted(1));
        String other = STACK.formatted("v", "{\"module\":\"lib.B\",\"function\":\"y\"}," + APP.formatted(2));

        assertThat(hash(one)).isEqualTo(hash(other));
    }

    @Test
    void typeAndPlaceTellIssuesApart() {
        String one = STACK.formatted("v", APP.formatted(1));

        assertThat(hash(one)).isNotEqualTo(hash(one.replace("\"E\"", "\"F\"")));
        assertThat(hash(one)).isNotEqualTo(hash(one.replace("\"pay\"", "\"refund\"")));
    }

    @ParameterizedTest
    @CsvSource({
        "Order 17 failed, Order 18 failed",
        "user ada@example.com is locked, user bob@example.org is locked",
        "no answer from https://a.example/x?y=1, no answer from http://b.example",
        "id 9ec79c33-ec99-42ab-8353-589fcb2e04dc, id 00000000-ec99-42ab-8353-589fcb2e04dc",
        "at 0xdeadbeef, at 0xCAFE",
        "from 10.0.0.1, from 192.168.1.77",
        "on 2026-11-20T12:00:00Z, on 2025-01-02 03:04:05",
        "took 1.5 s, took 22.75 s"
    })
    void messagesThatSayTheSameBelongTogether(String one, String other) {
        assertThat(hash("{\"message\":\"%s\"}".formatted(one)))
                .isEqualTo(hash("{\"message\":\"%s\"}".formatted(other)));
    }

    @Test
    void messagesThatDifferInWordsDoNot() {
        assertThat(hash("{\"message\":\"Order 17 failed\"}"))
                .isNotEqualTo(hash("{\"message\":\"Order 17 succeeded\"}"));
    }

    @Test
    void aFingerprintWins() {
        String one = "{\"fingerprint\":[\"checkout\"],\"message\":\"a\"}";
        String other = "{\"fingerprint\":[\"checkout\"],\"message\":\"b\"}";

        assertThat(hash(one)).isEqualTo(hash(other));
        assertThat(hash(one.replace("\"checkout\"", "\"checkout\",\"{{ default }}\"")))
                .isNotEqualTo(hash(other.replace("\"checkout\"", "\"checkout\",\"{{ default }}\"")));
        assertThat(hash("{\"fingerprint\":[\"{{ default }}\"],\"message\":\"a\"}"))
                .isEqualTo(hash("{\"message\":\"a\"}"));
    }

    @Test
    void adjacentListsHashDifferently() {
        assertThat(hash("{\"fingerprint\":[\"ab\",\"c\"]}")).isNotEqualTo(hash("{\"fingerprint\":[\"a\",\"bc\"]}"));
    }

    @Test
    void eventsWithoutContentAreGroupedByPlatform() {
        assertThat(hash("{\"platform\":\"java\"}")).isEqualTo(hash("{\"platform\":\"java\",\"extra\":{\"a\":1}}"));
        assertThat(hash("{\"platform\":\"java\"}")).isNotEqualTo(hash("{\"platform\":\"node\"}"));
    }

    /** Hashes are kept for years. If this fails, the rules have changed and need a new strategy id. */
    @Test
    void theHashesOfTheStrategyNeverChange() {
        GroupingHash hash = hash(STACK.formatted("v", APP.formatted(1)));

        assertThat(hash.strategy()).isEqualTo("resentry:2026-11-20");
        assertThat(hash.hex()).isEqualTo("6966e7c3df9f62e85eee18d46a0df165");
    }

    /** As above, for every kind of event; with threads, what several of them leave open is not decided by their order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "33fbbe08e1cb82347cd395dbf1f85e76 | {\"stacktrace\":{\"frames\":[{\"function\":\"own\"}]},\"threads\":[{\"crashed\":true,\"stacktrace\":{\"frames\":[{\"function\":\"crashed\"}]}}],\"message\":\"m\"}",
                "da3f57d929adf1b7071a4c12e79ebad7 | {\"stacktrace\":{},\"threads\":[{\"crashed\":true,\"stacktrace\":{\"frames\":[{\"function\":\"crashed\"}]}}],\"message\":\"m\"}",
                "da3f57d929adf1b7071a4c12e79ebad7 | {\"threads\":[{\"current\":true,\"stacktrace\":{\"frames\":[{\"function\":\"current\"}]}},{\"crashed\":true,\"stacktrace\":{\"frames\":[{\"function\":\"crashed\"}]}}]}",
                "826c3d5c7ad269d266ed10b2f7eadb47 | {\"threads\":[{\"crashed\":true,\"stacktrace\":{\"frames\":[{\"function\":\"a\"}]}},{\"crashed\":true,\"stacktrace\":{\"frames\":[{\"function\":\"b\"}]}},{\"current\":true,\"stacktrace\":{\"frames\":[{\"function\":\"current\"}]}}]}",
                "db7ef4ff4a3b8e0a5eb6644c353c22c6 | {\"threads\":[{\"crashed\":true},{\"current\":true,\"stacktrace\":{\"frames\":[{\"function\":\"current\"}]}}],\"message\":\"m\"}",
                "1fa9985e2a3804c11d79120031478d44 | {\"threads\":[{\"stacktrace\":{\"frames\":[{\"function\":\"only\"}]}}],\"message\":\"m\"}",
                "db7ef4ff4a3b8e0a5eb6644c353c22c6 | {\"threads\":[{\"stacktrace\":{\"frames\":[{\"function\":\"a\"}]}},{\"stacktrace\":{\"frames\":[{\"function\":\"b\"}]}}],\"message\":\"m\"}",
                "a73991a4b30938f29bc603951436572c | {\"exception\":[{\"type\":\"Cause\",\"value\":\"Order 17\",\"stacktrace\":{\"frames\":[{\"filename\":\"a/B.js\",\"function\":\"f\"}]}},{\"type\":7,\"value\":8}]}",
                "62b76ed3b51692d2581a9d7549f9ed28 | {\"exception\":{\"type\":\"Synthetic\",\"value\":\"v\",\"mechanism\":{\"synthetic\":true},\"stacktrace\":{\"frames\":[{\"module\":7,\"abs_path\":\"/x/Y.py\"}]}}}",
                "55b85518c1aff8f8f6154fa09d50a215 | {\"logentry\":{\"message\":\"Cart %s\",\"formatted\":\"Cart 7\"}}",
                "861ca802898cb003ccf5d1946a37bcbd | {\"fingerprint\":[\"shop\",\"{{ default }}\",7],\"message\":\"m\"}",
                "5f64061e050e45e5af0a8c292b7951f5 | {\"level\":\"WARN\",\"platform\":\"java\",\"logger\":\"shop\",\"transaction\":\"GET /\",\"culprit\":\"c\"}",
                "7dc6a1a3d20dce6165f765db04cd6a00 | {}"
            })
    void everyKindOfEventKeepsTheHashItAlwaysHad(String expected, String sent) {
        assertThat(hash(sent).hex()).isEqualTo(expected);
    }

    private static GroupingHash hash(String json) {
        return FormerGrouping.hash(event(json));
    }

    private static NormalizedEvent event(String json) {
        var read = (EventJson.Read.Json) EventJson.read(Payload.of(json.getBytes(UTF_8)));
        return EventNormalizer.normalize(
                read.event(), NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.EPOCH));
    }
}
